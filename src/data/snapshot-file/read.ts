import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../../core/errors.ts';
import { FORMAT, FORMAT_VERSION, header, type SnapshotHeader } from './header.ts';
import { readTrailer, TRAILER_BYTES } from './trailer.ts';

/** More than any header has. */
const MAX_HEADER_BYTES = 100_000;

export interface SnapshotFile {
  readonly header: SnapshotHeader;
  /** Uncompressed; once. */
  body(): AsyncIterable<Uint8Array>;
}

/**
 * Reads a snapshot's file once to its end, and refuses one that is foreign, cut off or damaged. Errors call it `named`.
 */
export async function openSnapshotFile(file: string, signal: AbortSignal, named = file): Promise<SnapshotFile> {
  // Without blocking: opening a pipe would wait for somebody to write into it.
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new UserError(`there is no file ${named}`, { code: 'usage', cause: error });
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw refused(`${named} is no file`);
    const line = await firstLine(handle);
    const found = headerIn(named, line);
    const end = Math.max(1, stat.size - TRAILER_BYTES);
    const wanted = readTrailer(await textAt(handle, end, TRAILER_BYTES));
    if (wanted === null) throw refused(`${named} is cut off: its end is missing`);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { end: end - 1, signal })) hash.update(chunk as Buffer);
    if (hash.digest('hex') !== wanted) throw refused(`${named} is damaged: what is in it is not what was written`);
    const start = Buffer.byteLength(line) + 1;
    return { header: found, body: () => bodyOf(createReadStream(file, { start, end: end - 1, signal })) };
  } finally {
    await handle.close();
  }
}

async function* bodyOf(compressed: Readable): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  compressed.on('error', (error) => gunzip.destroy(error));
  yield* compressed.pipe(gunzip);
}

function headerIn(file: string, line: string): SnapshotHeader {
  const json = parsed(line) as { format?: unknown; version?: unknown } | null;
  if (json?.format !== FORMAT) throw refused(`${file} is no snapshot that devenv wrote`);
  if (Number(json.version) > FORMAT_VERSION) throw refused(`${file} was written by a newer devenv`);
  const result = header.safeParse(json);
  if (result.success) return result.data;
  throw refused(`${file} is damaged: its first line is not what was written`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function firstLine(handle: FileHandle): Promise<string> {
  const text = await textAt(handle, 0, MAX_HEADER_BYTES);
  return text.slice(0, Math.max(0, text.indexOf('\n')));
}

async function textAt(handle: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead).toString('utf8');
}

function refused(message: string): UserError {
  return new UserError(message, { code: 'refused', hints: ['Nothing was changed.'] });
}
