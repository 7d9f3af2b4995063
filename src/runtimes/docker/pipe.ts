import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import type { Piped, Piping } from '../../core/runtime.ts';
import { feed, lastOf } from '../../lib/feed.ts';
import { onAbort } from '../../lib/on-abort.ts';
import { engineCall } from './connect.ts';

/** Runs a program in a container, with streams in and out of it. */
export async function pipeIn(
  container: Dockerode.Container,
  argv: readonly string[],
  { env, input, output, signal }: Piping,
): Promise<Piped> {
  signal.throwIfAborted();
  const call = <T>(act: () => Promise<T>) => engineCall(`running ${argv[0]}`, act);
  const exec = await call(() =>
    container.exec({
      Cmd: [...argv],
      Env: Object.entries(env).map((pair) => pair.join('=')),
      AttachStdin: input !== null,
      AttachStdout: true,
      AttachStderr: true,
    }),
  );
  const stream = await call(() => exec.start({ hijack: true, stdin: input !== null }));
  const cutOff = (): void => void stream.destroy(signal.reason);
  onAbort(signal, cutOff);
  const said = lastOf();
  try {
    await Promise.all([output(standardOutput(stream, said.add)), input && feed(input, stream)]);
  } finally {
    signal.removeEventListener('abort', cutOff);
    stream.destroy();
  }
  return { code: await call(() => exitCode(exec, signal)), said: said.text() };
}

/** The stream may end a moment before the engine has seen the program end. */
async function exitCode(exec: Dockerode.Exec, signal: AbortSignal): Promise<number> {
  for (;;) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    await sleep(20, undefined, { signal });
  }
}

const HEADER_BYTES = 8;
const STDERR = 2;

/**
 * Takes the engine's stream apart: frames of a header (stream, three zeros, length as 32 bits, big-endian) and so many
 * bytes (Docker Engine API, "Stream format"). Unlike dockerode's own it lets the program wait for who reads.
 */
export async function* standardOutput(
  stream: Readable,
  onError: (chunk: Uint8Array) => void,
): AsyncIterable<Uint8Array> {
  let header = Buffer.alloc(0);
  let left = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let rest = chunk;
    while (rest.length > 0) {
      if (left === 0) {
        const taken = rest.subarray(0, HEADER_BYTES - header.length);
        header = Buffer.concat([header, taken]);
        rest = rest.subarray(taken.length);
        if (header.length < HEADER_BYTES) break;
        left = header.readUInt32BE(4);
        if (left === 0) header = Buffer.alloc(0);
        continue;
      }
      const part = rest.subarray(0, left);
      rest = rest.subarray(part.length);
      left -= part.length;
      if (header[0] === STDERR) onError(part);
      else yield part;
      if (left === 0) header = Buffer.alloc(0);
    }
  }
}
