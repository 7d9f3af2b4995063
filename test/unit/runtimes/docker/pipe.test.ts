import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { standardOutput } from '../../../../src/runtimes/docker/pipe.ts';

const frame = (stream: 1 | 2, content: Buffer): Buffer => {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
};

it('takes the two streams apart wherever the network cuts them', async () => {
  const frames = fc.array(fc.record({ stream: fc.constantFrom(1 as const, 2 as const), text: fc.string() }));
  await fc.assert(
    fc.asyncProperty(frames, fc.integer({ min: 1, max: 20 }), async (sent, size) => {
      const bytes = Buffer.concat(sent.map(({ stream, text }) => frame(stream, Buffer.from(text))));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      const out: Uint8Array[] = [];
      const err: Uint8Array[] = [];
      for await (const part of standardOutput(Readable.from(chunks), (chunk) => err.push(chunk))) out.push(part);
      const said = (stream: 1 | 2) => sent.filter((one) => one.stream === stream).map(({ text }) => text);
      expect(Buffer.concat(out).toString()).toBe(Buffer.from(said(1).join('')).toString());
      expect(Buffer.concat(err).toString()).toBe(Buffer.from(said(2).join('')).toString());
    }),
  );
});
