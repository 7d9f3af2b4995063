import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMAT, FORMAT_VERSION, type SnapshotHeader } from '../../../../src/data/snapshot-file/header.ts';
import { openSnapshotFile } from '../../../../src/data/snapshot-file/read.ts';
import { writeSnapshotFile } from '../../../../src/data/snapshot-file/write.ts';

const HEADER: SnapshotHeader = {
  format: FORMAT,
  version: FORMAT_VERSION,
  engine: 'postgres',
  server: '17.2',
  compression: 'gzip',
  body: 'pg_dump-custom',
  label: 'one',
  database: 'shop',
  created: '2026-01-01T00:00:00.000Z',
  baseline: null,
  locale: { encoding: 'UTF8', provider: 'c', collate: 'C.UTF-8', ctype: 'C.UTF-8', name: null },
  extensions: ['citext'],
  roles: ['postgres'],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* pieces(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

const open = (file: string) => openSnapshotFile(file, new AbortController().signal);

async function written(name: string): Promise<string> {
  const file = join(folder, name);
  const size = await writeSnapshotFile(file, HEADER, (write) => write(pieces('some ', 'rows\n'.repeat(10_000))));
  expect((await stat(file)).size).toBe(size);
  return file;
}

describe('the file of a snapshot', () => {
  it('gives back what was written, and is readable for its owner alone', async () => {
    const file = await written('whole');
    const { header, body } = await open(file);
    expect(header).toEqual(HEADER);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(`some ${'rows\n'.repeat(10_000)}`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is refused wherever it is cut off', async () => {
    const whole = await readFile(await written('cut'));
    const line = whole.indexOf('\n');
    for (let length = 0; length < whole.length; length += 1) {
      await writeFile(join(folder, 'cut'), whole.subarray(0, length));
      await expect(open(join(folder, 'cut'))).rejects.toThrow(length > line ? /is cut off/ : /is no snapshot/);
    }
  });

  it('is refused whichever byte of it is another one', async () => {
    const whole = await readFile(await written('damaged'));
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await writeFile(join(folder, 'damaged'), damaged);
      await expect(open(join(folder, 'damaged')), `byte ${at}`).rejects.toThrow(
        /is damaged|is cut off|is no snapshot|a newer devenv/,
      );
    }
  });

  it.each([
    ['nothing', ''],
    ['another text', 'hello\n'],
    ['a dump', 'PGDMP\u0001\u000f\n'],
    ['other JSON', '{"format":"tar"}\n'],
    ['no object', 'null\n'],
  ])('is refused where it is %s', async (_what, content) => {
    await writeFile(join(folder, 'foreign'), content);
    await expect(open(join(folder, 'foreign'))).rejects.toThrow(/is no snapshot that devenv wrote/);
  });

  it('is refused where a newer devenv wrote it, is missing, or is a folder', async () => {
    await writeFile(join(folder, 'newer'), `${JSON.stringify({ ...HEADER, version: 2 })}\n`);
    await expect(open(join(folder, 'newer'))).rejects.toThrow(/was written by a newer devenv/);
    await expect(open(join(folder, 'missing'))).rejects.toThrow(/there is no file/);
    await expect(open(folder)).rejects.toThrow(/is no file/);
  });

  it('is not written over another, and leaves nothing where writing fails', async () => {
    const file = await written('there');
    await expect(writeSnapshotFile(file, HEADER, async () => {})).rejects.toThrow(/is there already/);
    const failing = async () => {
      throw new Error('pg_dump failed');
    };
    await expect(writeSnapshotFile(join(folder, 'failing'), HEADER, failing)).rejects.toThrow('pg_dump failed');
    expect((await readdir(folder)).filter((name) => name.includes('failing'))).toEqual([]);
  });
});
