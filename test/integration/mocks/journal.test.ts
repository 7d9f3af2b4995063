import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Entry, Journal, wholeLines } from '../../../src/mocks/journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(path: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  await using _journal = await Journal.open(path, (entry) => entries.push(entry));
  return entries;
}

it('gives back what was added, in its order', async () => {
  const path = join(folder, 'of', 'journal.ndjson');
  const entries = Array.from({ length: 500 }, (_, n) => ({ of: 'stripe', is: { n, text: 'ü\n' } }));
  {
    await using journal = await Journal.open(path, () => {});
    await Promise.all(entries.map((entry) => journal.add(entry)));
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(501);
    expect(journal.bytes).toBe((await stat(path)).size);
  }
  expect(await read(path)).toEqual(entries);
});

it('drops a line that was cut off, and goes on behind the last whole one', async () => {
  const path = join(folder, 'journal.ndjson');
  {
    await using journal = await Journal.open(path, () => {});
    await journal.add({ of: 'clock', is: 1 });
  }
  await appendFile(path, '{"of":"clock","is":');
  {
    await using journal = await Journal.open(path, () => {});
    await journal.add({ of: 'clock', is: 2 });
  }
  expect(await read(path)).toEqual([
    { of: 'clock', is: 1 },
    { of: 'clock', is: 2 },
  ]);
});

it('takes nothing more after a write that failed', async () => {
  const journal = await Journal.open(join(folder, 'journal.ndjson'), () => {});
  await journal[Symbol.asyncDispose]();
  await expect(journal.add({ of: 'clock', is: 1 })).rejects.toThrow();
  await expect(journal.add({ of: 'clock', is: 2 })).rejects.toThrow();
});

it('is read by others up to its last whole line, while it is written', async () => {
  const path = join(folder, 'journal.ndjson');
  const lines = async () => {
    const found: string[] = [];
    for await (const line of wholeLines(path)) found.push(line);
    return found;
  };
  expect(await lines()).toEqual([]);
  const long = 'é'.repeat(100_000);
  await writeFile(path, `{"of":"clock","is":1}\n{"of":"ai","is":"${long}"}\n{"of":"clock","is":2}\n{"of":"clo`);
  expect((await lines()).map((line) => (JSON.parse(line) as { of: string }).of)).toEqual(['clock', 'ai', 'clock']);
  expect((await lines())[1]).toContain(long);
});

it('names the line that it can’t read', async () => {
  const path = join(folder, 'journal.ndjson');
  await writeFile(path, '{"of":"clock","is":1}\nnot JSON\n');
  await expect(Journal.open(path, () => {})).rejects.toThrow(`${path}:2 can't be read`);
});
