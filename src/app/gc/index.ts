import { join } from 'node:path';
import { messageOf, systemProblem } from '../../core/errors.ts';
import type { Ask, Emit } from '../../core/events.ts';
import { decide, type Verdict } from '../../core/gc/decide.ts';
import { takeLock } from '../../lib/lock.ts';
import { paths } from '../../lib/paths.ts';
import { reachableRuntimes } from '../choose-runtime.ts';
import { confirmDeletion } from '../confirm-deletion.ts';
import { tellDecision } from '../decisions.ts';
import { readInventory } from './inventory.ts';
import { type RemoveOptions, remove } from './remove.ts';

export interface GcOptions {
  readonly dryRun: boolean;
  /** Answers the question before data of environments is deleted. */
  readonly yes: boolean;
  /** How long templates and programs may lie unused. */
  readonly unusedForMs: number;
  readonly ask: Ask;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** One element of `devenv gc --json`; part of the interface. */
export interface Collected extends Verdict {
  readonly removed: boolean;
  /** What went wrong. */
  readonly problem: string | null;
}

/** Removes what no living checkout needs. Cut off anywhere, the next one goes on. */
export async function gc(options: GcOptions): Promise<readonly Collected[]> {
  const { emit, signal } = options;
  await using _lock = options.dryRun ? null : await gcLock(options);
  const reachable = await reachableRuntimes();
  for (const { name, about } of reachable.runtimes) tellDecision(emit, name, `${about}: what it holds is looked at`);
  if (reachable.noEngine !== null) tellDecision(emit, 'docker', `left alone: ${reachable.noEngine.why}`);
  const inventory = await readInventory(reachable, options);
  if (reachable.noEngine !== null && inventory.environments.some(({ elsewhere }) => elsewhere !== null)) {
    const message = `What Docker holds is left alone: ${reachable.noEngine.why}`;
    emit({ type: 'notice', level: 'warning', message });
  }
  const verdicts = decide(inventory);
  if (options.dryRun) return verdicts.map((verdict) => ({ ...verdict, removed: false, problem: null }));
  await confirm(verdicts, options);
  const collected: Collected[] = [];
  for (const verdict of verdicts) {
    signal.throwIfAborted();
    collected.push(await collect(verdict, { reachable, leftovers: inventory.leftovers, emit, signal }));
  }
  return collected;
}

async function gcLock({ emit, signal }: GcOptions) {
  const onWait = (pid: number): void =>
    emit({ type: 'notice', level: 'info', message: `waiting for another devenv gc (pid ${pid})` });
  return takeLock(join(paths().state, 'gc.lock'), { signal, onWait });
}

/** What can't be removed is told, and keeps nothing else from going. */
async function collect(verdict: Verdict, options: RemoveOptions): Promise<Collected> {
  if (!verdict.remove) return { ...verdict, removed: false, problem: null };
  try {
    const stays = await remove(verdict, options);
    if (stays === null) return { ...verdict, removed: true, problem: null };
    return { ...verdict, remove: false, why: stays, removed: false, problem: null };
  } catch (error) {
    options.signal.throwIfAborted();
    const problem = systemProblem(error) ?? messageOf(error);
    return { ...verdict, removed: false, problem };
  }
}

async function confirm(verdicts: readonly Verdict[], options: GcOptions): Promise<void> {
  const doomed = verdicts.filter(({ kind, remove }) => kind === 'environment' && remove);
  if (doomed.length === 0 || options.yes) return;
  const names = doomed.map(({ name, why }) => `${name} (${why})`).join(', ');
  const which = doomed.length === 1 ? 'the environment' : `${doomed.length} environments`;
  await confirmDeletion(options.ask, {
    id: 'delete-environments',
    text: `Delete ${which} with all data: ${names}?`,
    otherwise: 'devenv gc --dry-run shows what would go; devenv gc --yes removes it.',
  });
}
