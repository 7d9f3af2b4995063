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
import { refuseBlockers } from './blockers.ts';
import { dropCopy, makeCopy, makeIncoming, readCopies, readHalfMade } from './copies.ts';
import { MAINTENANCE, type PostgresServer } from './server.ts';
import { moveAway, moveBack, settle, swap } from './swap.ts';

export interface When {
  /** ISO 8601; also what tells copies of one kind apart. */
  readonly now: string;
}

export interface Reset {
  /** Whether a spare was ready, so that nothing had to be copied. */
  readonly spare: boolean;
  readonly milliseconds: number;
}

/** Keeps what is live as the state that resets go back to. */
export async function keepBaseline(server: PostgresServer, baseline: string, { now }: When): Promise<void> {
  const before = await readCopies(server);
  if (before.some((copy) => copy.kind === 'baseline' && copy.baseline === baseline)) return;
  const marks = { kind: 'baseline', baseline, label: '', created: now } as const;
  await makeCopy(server, { from: server.live, tag: tagOf(now), ...marks });
}

/** Keeps what is live under a name. Clients are cut off, and wait for as long as the copy takes. */
export async function saveSnapshot(server: PostgresServer, label: string, { now }: When): Promise<void> {
  if (snapshotOf(await readCopies(server), label)) {
    throw new UserError(`there is a snapshot ${label} of ${server.live} already`, {
      code: 'refused',
      hints: [`devenv snapshot rm ${label} removes it.`],
    });
  }
  const marks = { kind: 'snapshot', baseline: null, label, created: now } as const;
  await makeCopy(server, { from: server.live, tag: tagOf(now), ...marks });
}

/** Puts a copy of a snapshot in the place of what is live, which undo brings back. */
export async function restoreSnapshot(server: PostgresServer, label: string, { now }: When): Promise<void> {
  const copies = await readCopies(server);
  await swapCopyIn(server, knownSnapshot(server, copies, label), { label: 'restore', now });
  await drop(
    server,
    copies.filter(({ kind }) => kind === 'redo'),
  );
}

export async function removeSnapshot(server: PostgresServer, label: string): Promise<void> {
  await dropCopy(server, knownSnapshot(server, await readCopies(server), label).name);
}

function knownSnapshot(server: PostgresServer, copies: readonly Copy[], label: string): Copy {
  const found = snapshotOf(copies, label);
  if (found) return found;
  const names = copies.flatMap((copy) => (copy.kind === 'snapshot' ? [copy.label] : []));
  throw new UserError(`there is no snapshot ${label} of ${server.live}`, {
    code: 'usage',
    hints: names.length === 0 ? ['devenv snapshot save NAME makes one.'] : [`There are: ${names.join(', ')}.`],
  });
}

function snapshotOf(copies: readonly Copy[], label: string): Copy | undefined {
  return copies.find((copy) => copy.kind === 'snapshot' && copy.label === label);
}

/** Puts the baseline in the place of what is live, which undo brings back. Null: there is none to go back to. */
export async function reset(
  server: PostgresServer,
  baseline: string,
  { now, say }: When & { readonly say: (text: string) => void },
): Promise<Reset | null> {
  const began = performance.now();
  const copies = await readCopies(server);
  const found = resetBy(copies, baseline);
  if (!found) return null;
  const spare = found.kind === 'spare';
  if (!spare) say(`no spare is ready: ${megabytes(found)} MB are copied first`);
  if (spare) await swap(server, found, keptAs('reset', now));
  else await swapCopyIn(server, found, { label: 'reset', now });
  await drop(
    server,
    copies.filter(({ kind }) => kind === 'redo'),
  );
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
      const copies = await readCopies(server);
      await drop(
        server,
        copies.filter(({ kind }) => kind === 'redo'),
      );
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
  if (!found) throw new UserError(`there is nothing to ${from} in ${server.live}`, { code: 'refused' });
  const { label } = found;
  await swap(server, found, { tag: tagOf(now), kind: to, baseline: null, label, created: now });
  return label;
}

/** Drops what was cut off while it was made. Only where nobody makes any: what is being made looks the same. */
export async function dropHalfMade(server: PostgresServer): Promise<void> {
  for (const name of await readHalfMade(server)) await dropCopy(server, name);
}

/**
 * Brings the copies to what the next reset needs: drops what nothing leads to any more, and makes spares. It may be
 * ended at any moment; the next time goes on.
 */
export async function tidy(
  server: PostgresServer,
  baseline: string | null,
  keeping: Keeping,
  { now, signal }: When & { readonly signal: AbortSignal },
): Promise<void> {
  const copies = await readCopies(server);
  await drop(server, outdated(copies, baseline, keeping));
  const source = copies.find((copy) => copy.kind === 'baseline' && copy.baseline === baseline);
  if (baseline === null || !source) return;
  const missing = missingSpares(copies, baseline, keeping);
  for (let made = 0; made < missing && !signal.aborted; made += 1) {
    const marks = { kind: 'spare', baseline, label: '', created: now } as const;
    await makeCopy(server, { from: source.name, tag: tagOf(`${now} ${made}`), ...marks });
  }
}

/** Of one that has to stay: a copy of it is swapped in. */
async function swapCopyIn(
  server: PostgresServer,
  { name: from }: Copy,
  { label, now }: When & { readonly label: string },
): Promise<void> {
  await server.within(MAINTENANCE, (client) => refuseBlockers(client, server.live));
  const name = await makeIncoming(server, { from, tag: tagOf(now) });
  try {
    await swap(server, { name }, keptAs(label, now));
  } catch (error) {
    await dropCopy(server, name).catch(() => {});
    throw error;
  }
}

/** What was live is for undo then. */
function keptAs(label: string, now: string) {
  return { tag: tagOf(now), kind: 'undo', baseline: null, label, created: now } as const;
}

async function drop(server: PostgresServer, copies: readonly Copy[]): Promise<void> {
  for (const { name } of copies) await dropCopy(server, name);
}

/** Only what a name of a database may hold without quotes. */
function tagOf(now: string): string {
  return now.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function megabytes({ sizeBytes }: Copy): number {
  return Math.round(sizeBytes / 1e6);
}
