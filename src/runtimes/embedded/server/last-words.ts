import { open } from 'node:fs/promises';
import { tellingLine } from '../../../lib/telling-line.ts';

const ENOUGH_BYTES = 64 * 1024;

/** Why a server ended: the last line of its log since its start that sounds like a reason; empty when none does. */
export async function lastWords(logFile: string, offset: number): Promise<string> {
  return tellingLine((await tailFrom(logFile, offset)).split('\n')) ?? '';
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
