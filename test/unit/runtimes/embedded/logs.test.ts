import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseLogLine } from '../../../../src/runtimes/embedded/logs/log-line.ts';
import { readLog } from '../../../../src/runtimes/embedded/logs/read-log.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devenv-logs-'));
  file = join(folder, 'server.log');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;

async function lines(options: { since?: string; tail?: number }): Promise<string[]> {
  const found: string[] = [];
  for await (const { line } of readLog(file, 'postgres', { follow: false, ...options }, never)) found.push(line);
  return found;
}

test.each([
  ['2026-11-21 10:00:00.123 UTC [4711] LOG:  ready', '2026-11-21T10:00:00.123Z'],
  ['2026-11-21 10:00:00.123 CEST [4711] LOG:  ready', null],
  ['4711:M 01 Nov 2026 10:00:00.123 * Ready to accept connections', '2026-11-01T10:00:00.123Z'],
  ['4711:M 01 Foo 2026 10:00:00.123 * Ready to accept connections', null],
  ['\tcontinued', null],
])('the time of %j is %j', (line, time) => {
  expect(parseLogLine('postgres', line)).toEqual({ stream: 'err', time, line });
});

test('the last lines, or those since a time with what belongs to them', async () => {
  const at = (second: number) => `2026-11-21 10:00:0${second}.000 UTC [1] LOG:  ${second}`;
  await writeFile(file, `${at(1)}\n${at(2)}\n\tdetail of 2\n${at(3)}\nunended`);
  expect(await lines({})).toHaveLength(5);
  expect(await lines({ tail: 2 })).toEqual([at(3), 'unended']);
  expect(await lines({ tail: 0 })).toEqual([]);
  expect(await lines({ since: '2026-11-21T10:00:02Z' })).toEqual([at(2), '\tdetail of 2', at(3), 'unended']);
});

test('a log that is not there is empty', async () => {
  expect(await lines({})).toEqual([]);
});

test('following gives what comes, also after the log was begun anew, until it is told to stop', async () => {
  await writeFile(file, 'old line of some length\n');
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const { line } of readLog(file, 'redis', { follow: true }, stop.signal)) {
    seen.push(line);
    if (seen.length === 1) await appendFile(file, 'two\n');
    if (seen.length === 2) await writeFile(file, 'anew\n');
    if (seen.length === 3) stop.abort();
  }
  expect(seen).toEqual(['old line of some length', 'two', 'anew']);
});
