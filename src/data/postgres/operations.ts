import {
  type Copy,
  type CopyKind,
  type Keeping,
  latest,
  missingSpares,
  outdated,
  resetBy,
} from '../../core/data/copies.ts';
import { UserError } from '../../core/errors.ts';
import { dropCopy, makeCopy, readCopies } from './copies.ts';
import { copyName } from './copy-name.ts';
import { readLife, setLife } from './generation.ts';
import type { PostgresServer } from './server.ts';
import { moveAway, moveBack, settle, swap } from './swap.ts';
import { endRedo, keptAs, swapCopyIn, tagOf, type When } from './swap-copy.ts';

export interface Reset {
  /** Whether a spare was ready, so that nothing had to be copied. */
  readonly spare: boolean;
  readonly milliseconds: number;
}

/** Name of the database that a copy made at that moment is. */
export function nameAt(server: PostgresServer, kind: CopyKind, now: string): string {
  return copyName(server.live, kind, tagOf(now));
}

/** Keeps what is live as the state that resets go back to. */
export async function keepBaseline(server: PostgresServer, baseline: string, { now }: When): Promise<void> {
  const before = await readCopies(server);
  if (before.some((copy) => copy.kind === 'baseline' && copy.baseline === baseline)) return;
  const marks = { kind: 'baseline', baseline, label: '', created: now } as const;
  await makeCopy(server, { from: server.live, tag: tagOf(now), ...marks });
}

/** Keeps what is live for `undo`, before something is done to it; gives the name of the copy. */
export async function keepUndo(server: PostgresServer, label: string, { now }: When): Promise<string> {
  const marks = { kind: 'undo', baseline: null, label, created: now } as const;
  const name = await makeCopy(server, { from: server.live, tag: tagOf(now), ...marks });
  const { generation } = await readLife(server);
  if (generation !== null) await setLife(server, { generation, origin: '' }, name);
  return name;
}

/** After something new nothing can be done again. */
export async function forgetRedo(server: PostgresServer): Promise<void> {
  await endRedo(server, await readCopies(server));
}

/** Puts the baseline in the place of what is live, which undo brings back. Null: there is none to go back to. */
export async function reset(
  server: PostgresServer,
  baseline: string,
  { now, say, copied }: When & { readonly say: (text: string) => void },
): Promise<Reset | null> {
  const began = performance.now();
  const copies = await readCopies(server);
  const found = resetBy(copies, baseline);
  if (!found) return null;
  const spare = found.kind === 'spare';
  if (!spare) say(`no spare is ready: ${megabytes(found)} MB are copied first`);
  const origin = copies.find((copy) => copy.kind === 'baseline' && copy.baseline === baseline)?.name ?? '';
  if (spare) await swap(server, found, { ...keptAs('reset', now), life: { generation: tagOf(now), origin } });
  else await swapCopyIn(server, found, { label: 'reset', now, copied });
  await endRedo(server, copies);
  return { spare, milliseconds: performance.now() - began };
}

/** What was live, while something else is loaded in its place. Until either is called `mend` takes it back. */
export interface Parked {
  /** Puts it back, in the place of what was begun. */
  putBack(): Promise<void>;
  /** Keeps it for undo: what came into its place is whole. */
  settle(): Promise<void>;
}

/** Takes what is live out of the way. There is no live database then. */
export async function park(server: PostgresServer, label: string, { now }: When): Promise<Parked> {
  const marks = { baseline: null, label, created: now };
  const parked = await moveAway(server, { tag: tagOf(now), kind: 'parked', ...marks });
  return {
    putBack: () => moveBack(server, parked),
    async settle() {
      await settle(server, parked, { kind: 'undo', ...marks });
      await forgetRedo(server);
    },
  };
}

/** Takes the last reset, restore or seed back; gives the verb that it was. */
export function undo(server: PostgresServer, when: When): Promise<string> {
  return putBack(server, 'undo', 'redo', when);
}

/** Takes the last undo back. */
export function redo(server: PostgresServer, when: When): Promise<string> {
  return putBack(server, 'redo', 'undo', when);
}

async function putBack(server: PostgresServer, from: 'undo' | 'redo', to: CopyKind, { now }: When): Promise<string> {
  const found = latest(await readCopies(server), from);
  if (!found) {
    const hints = ['devenv data lists what can be taken back.'];
    throw new UserError(`there is nothing to ${from} in ${server.live}`, { code: 'refused', hints });
  }
  const { label } = found;
  await swap(server, found, { tag: tagOf(now), kind: to, baseline: null, label, created: now });
  return label;
}

/**
 * Brings the copies to what the next reset needs: drops leftovers and what nothing leads to any more, and makes spares.
 * It may be ended at any moment; the next time goes on.
 */
export async function tidy(
  server: PostgresServer,
  baseline: string | null,
  keeping: Keeping,
  { now, signal, leftovers }: When & { readonly signal: AbortSignal; readonly leftovers: readonly string[] },
): Promise<void> {
  for (const name of leftovers) await dropCopy(server, name);
  const copies = await readCopies(server);
  for (const { name } of outdated(copies, baseline, keeping)) await dropCopy(server, name);
  const source = copies.find((copy) => copy.kind === 'baseline' && copy.baseline === baseline);
  if (baseline === null || !source) return;
  const missing = missingSpares(copies, baseline, keeping);
  for (let made = 0; made < missing && !signal.aborted; made += 1) {
    const marks = { kind: 'spare', baseline, label: '', created: now } as const;
    await makeCopy(server, { from: source.name, tag: tagOf(`${now} ${made}`), ...marks });
  }
}

function megabytes({ sizeBytes }: Copy): number {
  return Math.round(sizeBytes / 1e6);
}
