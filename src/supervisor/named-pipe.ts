import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface PipeReader {
  /** From now on; a chunk is to be used up before `take` returns. */
  read(take: (chunk: Buffer) => void): void;
  /** When its other end was closed everywhere, or it was destroyed. */
  readonly closed: Promise<void>;
  destroy(): void;
}

export interface PipePair {
  /** What the child writes to; close both once it has them. */
  readonly write: readonly [out: number, err: number];
  readonly out: PipeReader;
  readonly err: PipeReader;
  closeWrite(): void;
}

/**
 * Real pipes for a child's output. Those that node makes are sockets, which can't be opened a second time: a script's
 * `echo … > /dev/stderr` would fail with "No such device or address".
 */
export async function makePipes(folder: string): Promise<PipePair> {
  const names = [0, 1].map(() => join(folder, `${randomUUID()}.pipe`));
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', ...names]);
    const [out, err] = names.map(openBoth) as [Ends, Ends];
    const write = [out.write, err.write] as const;
    return { write, out: out.read, err: err.read, closeWrite: () => closeAll(write) };
  } finally {
    for (const name of names) rmSync(name, { force: true });
  }
}

interface Ends {
  readonly read: PipeReader;
  readonly write: number;
}

/** Not blocking on the reading end only: the child's own end has to behave as programs expect. */
function openBoth(name: string): Ends {
  const fd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  return { read: readerOf(fd), write: openSync(name, constants.O_WRONLY) };
}

const READ_BYTES = 32 * 1024;

/** Reads into one place again and again: a fresh buffer for each chunk would pile up until memory is cleaned up. */
function readerOf(fd: number): PipeReader {
  let take: (chunk: Buffer) => void = () => {};
  const callback = (length: number, bytes: Uint8Array): boolean => {
    take(Buffer.from(bytes.buffer, bytes.byteOffset, length));
    return true;
  };
  const onread = { buffer: Buffer.allocUnsafeSlow(READ_BYTES), callback };
  const options = { fd, readable: true, writable: false, onread };
  const socket = new Socket(options);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  // An error closes it too, and there is nobody else to tell.
  socket.on('error', () => {});
  socket.resume();
  return {
    read: (use) => {
      take = use;
    },
    closed,
    destroy: () => void socket.destroy(),
  };
}

function closeAll(fds: readonly number[]): void {
  for (const fd of fds) closeSync(fd);
}
