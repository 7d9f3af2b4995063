import { gitStream } from './git.ts';

/** Hears the content of one file. */
export interface BlobReader {
  push(bytes: Buffer): void;
  end(): void;
}

/**
 * Reads contents by their names, one after the other, with one process ("BATCH OUTPUT" in git-cat-file(1): a line
 * `name type size`, the content, a line end). Throws for one that isn't there.
 */
export async function readBlobs(
  top: string,
  blobs: readonly string[],
  readerOf: (blob: string) => BlobReader,
): Promise<void> {
  if (blobs.length === 0) return;
  const args = ['--no-replace-objects', 'cat-file', '--batch'];
  const { output, ended } = gitStream(top, args, `${blobs.join('\n')}\n`);
  let header = '';
  let current: { readonly reader: BlobReader; left: number } | null = null;
  let read = 0;
  for await (const chunk of output) {
    let at = 0;
    while (at < chunk.length) {
      if (current === null) {
        const end = chunk.indexOf(10, at);
        header += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
        at = end < 0 ? chunk.length : end + 1;
        if (end < 0) continue;
        current = { reader: readerOf(blobs[read] ?? ''), left: sizeIn(header) };
        header = '';
      }
      const part = chunk.subarray(at, at + current.left);
      if (part.length > 0) current.reader.push(part);
      at += part.length;
      current.left -= part.length;
      // The line end behind it.
      if (current.left > 0 || at >= chunk.length) continue;
      at++;
      current.reader.end();
      current = null;
      read++;
    }
  }
  await ended;
  if (read !== blobs.length) throw new Error(`git gave ${read} of ${blobs.length} files`);
}

function sizeIn(header: string): number {
  const size = /^[0-9a-f]{40,64} blob (\d+)$/.exec(header)?.[1];
  if (size === undefined) throw new Error(`git can't give a file: ${header}`);
  return Number(size);
}
