import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gated, openGate } from '../../../src/lib/gate.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devenv-gate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes its own pid into a file. */
function start(): { readonly child: ChildProcess; readonly written: () => Promise<string | null> } {
  const file = join(folder, 'ran');
  const gate = gated(['/bin/sh', '-c', 'echo $$ > "$1"', 'sh', file]);
  const child = spawn(gate.file, gate.args, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  return { child, written: () => readFile(file, 'utf8').catch(() => null) };
}

test('a gated command runs once the gate is open, under the pid that it had before', async () => {
  const { child, written } = start();
  await once(child, 'spawn');
  openGate(child);
  await once(child, 'exit');
  expect(Number(await written())).toBe(child.pid);
});

test('it never runs when its parent goes without opening', async () => {
  const { child, written } = start();
  await once(child, 'spawn');
  // As the kernel does when a process dies.
  child.stdio[3]?.destroy();
  await once(child, 'exit');
  expect(await written()).toBeNull();
});

test('opening one that was ended is nothing', async () => {
  const { child, written } = start();
  await once(child, 'spawn');
  child.kill('SIGKILL');
  await once(child, 'exit');
  openGate(child);
  expect(await written()).toBeNull();
});
