import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { extract, type Header, pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { fromInside } from '../../../../src/runtimes/docker/tar.ts';

const NEVER = new AbortController().signal;

/** A data folder as an engine archives it, with what that puts in front of every name. */
async function archived(top: string, front: string): Promise<Readable> {
  const archive = pack();
  const owner = { uid: 999, gid: 998, mtime: new Date(1_700_000_000_000) };
  archive.entry({ ...owner, name: top, type: 'directory', mode: 0o700 });
  archive.entry({ ...owner, name: `${front}PG_VERSION`, mode: 0o600 }, '17\n');
  archive.entry({ ...owner, name: `${front}data/`, type: 'directory', mode: 0o750 });
  archive.entry({ ...owner, name: `${front}data/empty`, mode: 0o640 }, '');
  archive.entry({ ...owner, name: `${front}data/${'x'.repeat(150)}`, mode: 0o600 }, 'y'.repeat(70_000));
  archive.entry({ ...owner, name: `${front}hard`, type: 'link', linkname: `${front}PG_VERSION`, mode: 0o600 });
  archive.entry({ ...owner, name: `${front}soft`, type: 'symlink', linkname: '/data/elsewhere', mode: 0o777 });
  archive.finalize();
  return Readable.from(await buffer(archive));
}

async function entriesOf(archive: Readable) {
  const found: (Pick<Header, 'name' | 'mode' | 'uid' | 'gid' | 'type' | 'linkname'> & { content: number })[] = [];
  const entries = archive.pipe(extract());
  for await (const entry of entries) {
    const { name, mode, uid, gid, type, linkname } = entry.header;
    const content = (await buffer(entry as unknown as AsyncIterable<Uint8Array> as never)).length;
    found.push({ name: name.replace(/\/$/, ''), mode, uid, gid, type, linkname, content });
  }
  return found;
}

test.each([
  ['Docker', 'data/', 'data/'],
  ['Podman', '/', '/'],
  ['another', './', './'],
])('the archive of a folder is the same, however %s names what is in it', async (_engine, top, front) => {
  const entries = await entriesOf(fromInside('data', await archived(top, front), NEVER));
  const owner = { uid: 999, gid: 998 };
  const file = { ...owner, type: 'file', linkname: null };
  const directory = { ...owner, type: 'directory', linkname: null, content: 0 };
  expect(entries).toEqual([
    { ...directory, name: '.', mode: 0o700 },
    { ...file, name: 'PG_VERSION', mode: 0o600, content: 3 },
    { ...directory, name: 'data', mode: 0o750 },
    { ...file, name: 'data/empty', mode: 0o640, content: 0 },
    { ...file, name: `data/${'x'.repeat(150)}`, mode: 0o600, content: 70_000 },
    { ...owner, name: 'hard', type: 'link', linkname: 'PG_VERSION', mode: 0o600, content: 0 },
    { ...owner, name: 'soft', type: 'symlink', linkname: '/data/elsewhere', mode: 0o777, content: 0 },
  ]);
});

test('an archive that is cut off is no archive', async () => {
  const whole = await buffer(await archived('data/', 'data/'));
  const half = Readable.from([whole.subarray(0, 4_000)]);
  await expect(buffer(fromInside('data', half, NEVER))).rejects.toThrow();
});

test('it ends when it is asked to', async () => {
  const stop = new AbortController();
  const endless = new Readable({ read() {} });
  const read = buffer(fromInside('data', endless, stop.signal));
  stop.abort();
  await expect(read).rejects.toThrow();
});
