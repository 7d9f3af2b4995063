import type { Emit } from '../../core/events.ts';
import { execute } from '../../core/execute.ts';
import { decideEnvironment, type Verdict } from '../../core/gc/decide.ts';
import type { FoundLeftover } from '../../core/gc/inventory.ts';
import { reconcileDown } from '../../core/reconcile/index.ts';
import type { Runtime } from '../../core/runtime.ts';
import { userId } from '../../lib/paths.ts';
import { releasePorts } from '../../state/ports.ts';
import { removeRecord } from '../../state/records.ts';
import type { Reachable } from '../choose-runtime.ts';
import { environmentLock } from '../environment-lock.ts';
import { removeLeftover } from '../leftovers.ts';
import { observeId } from '../observe.ts';
import { performDown } from '../perform.ts';
import { readEnvironment } from './inventory.ts';

export interface RemoveOptions {
  readonly reachable: Reachable;
  readonly leftovers: readonly FoundLeftover[];
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Null when it is gone, else why it stays after all. */
export async function remove(verdict: Verdict, options: RemoveOptions): Promise<string | null> {
  const { reachable, leftovers } = options;
  const store = () => reachable.runtimes.find(({ name }) => name === verdict.runtime)?.store;
  switch (verdict.kind) {
    case 'environment':
    case 'record':
      return removeEnvironment(verdict, options);
    case 'template':
    case 'baseline':
      await store()?.removeTemplate(verdict.id);
      return null;
    case 'program':
      await store()?.removePrograms(verdict.id);
      return null;
    case 'leftover': {
      const found = leftovers.find(({ id }) => id === verdict.id);
      if (found) await removeLeftover(found, reachable.runtimes);
      return null;
    }
    default:
      return verdict.kind satisfies never;
  }
}

/** Decided once more under its lock: meanwhile somebody may have come up in it, brought it back or removed it. */
async function removeEnvironment({ id, kind, name, why }: Verdict, options: RemoveOptions): Promise<string | null> {
  await using _lock = await environmentLock(id, options);
  const found = await readEnvironment(id, options.reachable);
  const verdict = found && decideEnvironment(found, userId());
  if (verdict && !verdict.remove) return verdict.why;
  if (kind === 'environment') options.emit({ type: 'notice', level: 'info', message: `Removing ${name}: ${why}` });
  for (const runtime of options.reachable.runtimes) await endOn(runtime, id, options);
  await releasePorts(id);
  // Last: an engine's objects without it could be somebody else's.
  await removeRecord(id);
  return null;
}

async function endOn(runtime: Runtime, id: string, { emit, signal }: RemoveOptions): Promise<void> {
  const plan = reconcileDown(await observeId(id, runtime), { data: true });
  if (plan.steps.length > 0) emit({ type: 'plan', steps: plan.steps, kept: [] });
  await execute(plan, performDown(id, runtime), { emit, signal, now: Date.now });
}
