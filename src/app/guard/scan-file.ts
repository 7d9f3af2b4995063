import { constants } from 'node:fs';
import { open, readlink } from 'node:fs/promises';
import { messageOf, systemProblem } from '../../core/errors.ts';
import { type Scan, type Scanner, scanner } from '../../core/guard/scan.ts';

/** The scan of a file, or why there is none. Of a link that isn't followed it is that of its text: what git has of it. */
export type FileScan = { readonly scan: Scan; readonly isLink?: true } | { readonly problem: string };

/** Null for what is no file there, such as a folder or a socket; where somebody says that there is one, a problem. */
export async function scanFile(path: Buffer, links: 'follow' | 'follow to a file' | 'leave'): Promise<FileScan | null> {
  try {
    // Without blocking: opening a pipe would wait for somebody to write into it.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | (links === 'leave' ? constants.O_NOFOLLOW : 0);
    await using handle = await open(path, flags);
    if (!(await handle.stat()).isFile()) return links === 'follow to a file' ? { problem: 'it is no file' } : null;
    const bytes = byteScanner();
    for await (const chunk of handle.createReadStream({ highWaterMark: 1 << 20 })) bytes.push(chunk as Buffer);
    return { scan: bytes.end() };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP' && links === 'leave') return scanLink(path);
    if (code !== undefined && ABSENT.has(code)) return null;
    return { problem: systemProblem(error) ?? messageOf(error) };
  }
}

/** Git knows a file that is not there now, and a link may lead nowhere. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO']);

async function scanLink(path: Buffer): Promise<FileScan> {
  const bytes = byteScanner();
  bytes.push(await readlink(path, 'buffer'));
  return { scan: bytes.end(), isLink: true };
}

/**
 * Takes bytes as they are: all that a key is made of is ASCII, and so every text in any encoding like it and every binary
 * file can be looked through. UTF-16, as PowerShell's `>` writes it, is told by its first bytes, or by the zeros in them.
 */
export function byteScanner(): { push(bytes: Buffer): void; end(): Scan } {
  const text: Scanner = scanner();
  let decode: ((bytes: Buffer) => string) | null = null;
  return {
    push(bytes) {
      decode ??= decoderFor(bytes);
      text.push(decode(bytes));
    },
    end: () => text.end(),
  };
}

function decoderFor(first: Buffer): (bytes: Buffer) => string {
  const mark = first.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : unmarked(first.subarray(0, 1024));
  if (encoding === null) return (bytes) => bytes.toString('latin1');
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes, { stream: true });
}

/** In a text of Latin letters every other byte is zero, and no other is. */
function unmarked(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  bytes.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = bytes.length * 0.4;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : null;
}
