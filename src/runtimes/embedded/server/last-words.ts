import { open } from 'node:fs/promises';

const TELLING = /\b(?:FATAL|PANIC|ERROR|fatal|error|failed|could not|can't|cannot)\b/i;
const ENOUGH_BYTES = 64 * 1024;

/** Why a server ended: the last line of its log since its start that sounds like a reason; empty when none does. */
export async function lastWords(logFile: string, offset: number): Promise<string> {
  const lines = (await tailFrom(logFile, offset)).split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((candidate) => TELLING.test(candidate));
  return line === undefined ? '' : withoutPrefix(line);
}

/** Without the time and the process that the servers put first. */
export function withoutPrefix(line: string): string {
  return line
    .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]* \S+ \[\d+\] /, '')
    .replace(/^\d+:[A-Z] \d\d \w{3} \d{4} [\d:.]+ [.*#-] /, '')
    .trim();
}

async function tailFrom(file: string, offset: number): Promise<string> {
  const log = await open(file, 'r').catch(() => null);
  if (!log) return '';
  try {
    const { size } = await log.stat();
    const from = Math.max(Math.min(offset, size), size - ENOUGH_BYTES);
    const { buffer, bytesRead } = await log.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await log.close();
  }
}
