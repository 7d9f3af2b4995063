import { constants, type FileHandle, open } from 'node:fs/promises';
import { rotatedPath } from './locations.ts';

const BLOCK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/** An open log file and how far it has been read. The open handle keeps its inode from being given to another file. */
export interface LogSource {
  readonly handle: FileHandle;
  readonly inode: number;
  position: number;
}

/** The two files of a log that exist, the older one first, both open. */
export async function openLogs(file: string): Promise<LogSource[]> {
  const opened = await Promise.all([rotatedPath(file), file].map(openLog));
  const [older, newer] = opened;
  // Rotated between the two calls: both names led to one file.
  if (older && newer && older.inode === newer.inode) {
    await older.handle.close();
    return [newer];
  }
  return opened.filter((source) => source !== null);
}

async function openLog(path: string): Promise<LogSource | null> {
  // Never blocks, whatever somebody has put there.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  return handle && { handle, inode: (await handle.stat()).ino, position: 0 };
}

/** Moves the positions to where the last `count` lines begin, reading backwards from the end. */
export async function seekLastLines(sources: readonly LogSource[], count: number): Promise<void> {
  let missing = count;
  for (const source of [...sources].reverse()) {
    missing -= await seekOne(source, missing);
  }
}

/** Returns how many lines lie behind the new position. */
async function seekOne(source: LogSource, count: number): Promise<number> {
  const { size } = await source.handle.stat();
  source.position = size;
  if (count <= 0 || size === 0) return 0;
  let found = 0;
  // The newline that ends the last line doesn't begin another.
  for (let end = size - 1; end > 0; ) {
    const start = Math.max(0, end - BLOCK_BYTES);
    const { buffer } = await source.handle.read(Buffer.alloc(end - start), 0, end - start, start);
    for (let at = buffer.lastIndexOf(NEWLINE); at >= 0; at = at === 0 ? -1 : buffer.lastIndexOf(NEWLINE, at - 1)) {
      source.position = start + at + 1;
      if (++found === count) return found;
    }
    end = start;
  }
  source.position = 0;
  return found + 1;
}
