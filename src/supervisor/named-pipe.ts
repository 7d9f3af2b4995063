import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

export interface PipePair {
  /** What the child writes to; close both once it has them. */
  readonly write: readonly [out: number, err: number];
  readonly out: Readable;
  readonly err: Readable;
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
  readonly read: Readable;
  readonly write: number;
}

/** Not blocking on the reading end only: the child's own end has to behave as programs expect. */
function openBoth(name: string): Ends {
  const fd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  const read = new Socket({ fd, readable: true, writable: false });
  return { read, write: openSync(name, constants.O_WRONLY) };
}

function closeAll(fds: readonly number[]): void {
  for (const fd of fds) closeSync(fd);
}
