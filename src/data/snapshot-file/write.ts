import { createHash } from 'node:crypto';
import { access, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { UserError } from '../../core/errors.ts';
import { withPath } from '../../lib/files.ts';
import type { SnapshotHeader } from './header.ts';
import { trailer } from './trailer.ts';

/** Half the time of the default, for some percent more bytes. */
const LEVEL = 4;

/** Hands the uncompressed body over. */
type Fill = (write: (body: AsyncIterable<Uint8Array>) => Promise<void>) => Promise<void>;

/**
 * Writes a snapshot's file: the header as a line of JSON, what `fill` gives as compressed body, the SHA-256 of both, and
 * the mark of completion. It appears under its name when it is whole. Gives its size in bytes.
 */
export async function writeSnapshotFile(file: string, header: SnapshotHeader, fill: Fill): Promise<number> {
  await refuseExisting(file);
  // Always the same one: what a killed export left is written over by the next.
  const draft = join(dirname(file), `.${basename(file)}.devenv-draft`);
  try {
    const size = await writeDraft(draft, header, fill);
    await refuseExisting(file);
    await rename(draft, file);
    return size;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error instanceof UserError ? error : withPath(error, file);
  }
}

async function writeDraft(draft: string, header: SnapshotHeader, fill: Fill): Promise<number> {
  const handle = await open(draft, 'w', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    throw new UserError(`there is no folder ${dirname(draft)}`, { code: 'usage', cause: error });
  });
  try {
    await writeSnapshot((chunk) => writeAll(handle, chunk), header, fill);
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

/** The same into something else, such as a pipe: what is cut off there lacks its end, which reading it finds. */
export async function writeSnapshot(
  write: (chunk: Uint8Array) => Promise<void>,
  header: SnapshotHeader,
  fill: Fill,
): Promise<void> {
  const hash = createHash('sha256');
  const put = async (chunk: Uint8Array): Promise<void> => {
    hash.update(chunk);
    await write(chunk);
  };
  await put(Buffer.from(`${JSON.stringify(header)}\n`));
  // What ends the reading ends the compression too, which then says only that it was aborted.
  let failed: { readonly because: unknown } | null = null;
  await fill((body) =>
    pipeline(body, createGzip({ level: LEVEL }), async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        await put(chunk).catch((because: unknown) => {
          failed ??= { because };
          throw because;
        });
      }
    }),
  ).catch((error: unknown) => {
    throw failed ? failed.because : error;
  });
  await write(Buffer.from(trailer(hash.digest('hex'))));
}

/** One call may write less than it was given, on a disk that is nearly full. */
async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
}

async function refuseExisting(file: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there) throw new UserError(`${file} is there already`, { code: 'refused', hints: ['Name another file.'] });
}
