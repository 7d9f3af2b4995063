import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LogOptions } from '../../../src/core/runtime.ts';
import { LogFile } from '../../../src/supervisor/log-file.ts';
import { formatLogLine } from '../../../src/supervisor/log-format.ts';
import { readLogFile } from '../../../src/supervisor/logs.ts';
import { tempFolder } from './support.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const entry = (number: number): string =>
  `${formatLogLine({ time: at(number), stream: number % 2 ? 'err' : 'out', line: `line ${number}` })}\n`;
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

async function texts(file: string, options: Partial<LogOptions> = {}): Promise<string[]> {
  const found: string[] = [];
  const lines = readLogFile(file, { follow: false, ...options }, new AbortController().signal);
  for await (const { line } of lines) found.push(line);
  return found;
}

/** Writes the numbered lines through a log file that rotates every ten lines or so. */
function write(file: string, numbers: readonly number[]): void {
  const log = new LogFile(file, 420);
  for (const number of numbers) log.append(entry(number));
  log.close();
}

describe('LogFile', () => {
  it('keeps one old file, and both are for the owner alone', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'logs', 'web.log');
    write(file, range(1, 50));
    expect(statSync(file).size).toBeLessThanOrEqual(420);
    expect(statSync(`${file}.1`).size).toBeLessThanOrEqual(420);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder.path, 'logs')).mode & 0o777).toBe(0o700);
  });

  it('begins on a line of its own after half a line', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'web.log');
    writeFileSync(file, `${entry(1)}half`);
    write(file, [2]);
    expect(readFileSync(file, 'utf8')).toBe(`${entry(1)}half\n${entry(2)}`);
  });

  it('survives a place it cannot write to', async () => {
    await using folder = await tempFolder();
    mkdirSync(join(folder.path, 'web.log'));
    expect(() => write(join(folder.path, 'web.log'), [1])).not.toThrow();
  });
});

describe('readLogFile', () => {
  it('reads both files in order, with the stream and time of each line', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'web.log');
    write(file, range(1, 15));
    expect(await texts(file)).toEqual(range(1, 15).map((number) => `line ${number}`));
    const lines = readLogFile(file, { follow: false, tail: 1 }, new AbortController().signal);
    for await (const line of lines) expect(line).toEqual({ stream: 'err', time: at(15), line: 'line 15' });
  });

  it.each([0, 1, 3, 12, 15, 99])('reads the last %i lines, across the rotation', async (tail) => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'web.log');
    write(file, range(1, 15));
    const wanted = tail === 0 ? [] : range(1, 15).slice(-tail);
    expect(await texts(file, { tail })).toEqual(wanted.map((number) => `line ${number}`));
  });

  it('finds the last lines behind blocks of long ones', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'web.log');
    const long = 'x'.repeat(100_000);
    writeFileSync(file, `${entry(1)}${at(2)} out ${long}\n${at(3)} out ${long}\n`);
    expect((await texts(file, { tail: 2 })).map((line) => line.length)).toEqual([100_000, 100_000]);
    expect((await texts(file, { tail: 3 }))[0]).toBe('line 1');
  });

  it('reads since a moment, and gives no lines where there is no file', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'web.log');
    expect(await texts(file)).toEqual([]);
    write(file, range(1, 15));
    expect(await texts(file, { since: at(14) })).toEqual(['line 14', 'line 15']);
    expect(await texts(file, { since: at(3), tail: 1 })).toEqual(['line 15']);
  });

  it('follows: a file that comes later, growth, half lines, rotation', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'logs', 'web.log');
    const stop = new AbortController();
    const lines = readLogFile(file, { follow: true }, stop.signal)[Symbol.asyncIterator]();
    const next = async (): Promise<string | undefined> => (await lines.next()).value?.line;

    const first = next();
    write(file, [1]);
    expect(await first).toBe('line 1');
    const second = next();
    appendFileSync(file, entry(2).slice(0, 30));
    appendFileSync(file, entry(2).slice(30));
    expect(await second).toBe('line 2');

    const third = next();
    for (const number of range(3, 15)) write(file, [number]);
    expect(await third).toBe('line 3');
    for (const number of range(4, 15)) expect(await next()).toBe(`line ${number}`);

    const end = lines.next();
    stop.abort();
    expect(await end).toEqual({ done: true, value: undefined });
  });

  it('shows a line that is not in our format as it is', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'web.log');
    writeFileSync(file, 'stranger\n');
    const lines = readLogFile(file, { follow: false }, new AbortController().signal);
    for await (const line of lines) expect(line).toEqual({ stream: 'out', time: null, line: 'stranger' });
  });
});
