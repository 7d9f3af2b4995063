import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { feed, lastOf } from '../../../src/lib/feed.ts';

async function* chunks(count: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < count; at += 1) yield Buffer.alloc(1_000, at);
}

it('writes all of it, no faster than it is read, and ends the stream', async () => {
  const slow = new PassThrough({ highWaterMark: 2_000 });
  let most = 0;
  let bytes = 0;
  const reading = (async () => {
    for await (const chunk of slow) {
      most = Math.max(most, slow.writableLength + slow.readableLength);
      bytes += (chunk as Buffer).length;
    }
  })();
  await feed(chunks(100), slow);
  await reading;
  expect(bytes).toBe(100_000);
  expect(most).toBeLessThan(10_000);
});

it('is done where the reader ends early, and passes on what fails on the side that gives', async () => {
  const early = new Writable({ highWaterMark: 1, write: () => early.destroy(new Error('gone')) });
  await feed(chunks(100), early);
  expect(early.destroyed).toBe(true);
  const failing = (async function* () {
    yield Buffer.from('a');
    throw new Error('the file is damaged');
  })();
  const into = new PassThrough();
  const closed = once(into, 'close');
  await expect(feed(failing, into)).rejects.toThrow('the file is damaged');
  await closed;
});

it('keeps the last of what was said', () => {
  const said = lastOf();
  said.add(Buffer.from(`${'x'.repeat(10_000)}\n`));
  said.add(Buffer.from('the end\n'));
  expect(said.text()).toMatch(/^x+\nthe end$/);
  expect(said.text().length).toBeLessThan(4_000);
});
