import type { ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';

/** The descriptor of the child on which it waits: its `stdio` needs a pipe there. */
const DESCRIPTOR = 3;

/**
 * A command that waits for `openGate` before it runs, under the pid that it will keep: so nothing runs that is not on
 * record yet. If its parent dies first, the descriptor closes and it leaves.
 */
export function gated(argv: readonly string[]): { readonly file: string; readonly args: readonly string[] } {
  const wait = `read -r go <&${DESCRIPTOR} || exit; exec "$@" ${DESCRIPTOR}<&-`;
  return { file: '/bin/sh', args: ['-c', wait, 'sh', ...argv] };
}

export function openGate(child: ChildProcess): void {
  const gate = child.stdio[DESCRIPTOR] as Writable;
  // It may have been ended while it waited.
  gate.on('error', () => {});
  gate.end('go\n');
}
