import { join } from 'node:path';
import type { Emit } from '../core/events.ts';
import { type Lock, lockState, takeLock } from '../lib/lock.ts';
import { environmentState } from '../lib/paths.ts';

/** One change of an environment at a time; the second waits and then finds little left to do. */
export async function environmentLock(
  id: string,
  options: { readonly emit: Emit; readonly signal: AbortSignal },
): Promise<Lock> {
  return takeLock(fileOf(id), {
    signal: options.signal,
    onWait: (pid) =>
      options.emit({
        type: 'notice',
        level: 'info',
        message: `waiting for another devenv (pid ${pid}) on this environment`,
      }),
  });
}

/** Whether somebody changes it now. */
export function environmentLockState(id: string): ReturnType<typeof lockState> {
  return lockState(fileOf(id));
}

function fileOf(id: string): string {
  return join(environmentState(id), 'lock');
}
