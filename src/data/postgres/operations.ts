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
import { dropCopy, makeCopy, readCopies, readHalfMade } from './copies.ts';
import type { PostgresServer } from './server.ts';
import { moveAway, moveBack, swap, withoutClients } from './swap.ts';

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
  await withoutClients(server, () => makeCopy(server, { from: server.live, tag: tagOf(now), ...marks }));
}

/** Keeps what is live for `undo`, before something is done to it; gives the name of the copy. */
export async function keepUndo(server: PostgresServer, label: string, { now }: When): Promise<string> {
  const marks = { kind: 'undo', baseline: null, label, created: now } as const;
  return withoutClients(server, () => makeCopy(server, { from: server.live, tag: tagOf(now), ...marks }));
}

/** Keeps what is live under a name. Clients are cut off for as long as the copy takes. */
export async function saveSnapshot(server: PostgresServer, label: string, { now }: When): Promise<void> {
  if (snapshotOf(await readCopies(server), label)) {
    throw new UserError(`there is a snapshot ${label} of ${server.live} already`, {
      code: 'refused',
      hints: [`devenv snapshot rm ${label} removes it.`],
    });
  }
  const marks = { kind: 'snapshot', baseline: null, label, created: now } as const;
  await withoutClients(server, () => makeCopy(server, { from: server.live, tag: tagOf(now), ...marks }));
}

/** Puts a copy of a snapshot in the place of what is live, which undo brings back. */
export async function restoreSnapshot(server: PostgresServer, label: string, { now }: When): Promise<void> {
  const copies = await readCopies(server);
  const incoming = await copyOf(server, knownSnapshot(server, copies, label), now);
  await swap(server, incoming, { tag: tagOf(now), kind: 'undo', baseline: null, label: 'restore', created: now });
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

/** Puts the baseline in the place of what is live, which undo brings back. */
export async function reset(
  server: PostgresServer,
  baseline: string,
  { now, say }: When & { readonly say: (text: string) => void },
): Promise<Reset> {
  const began = performance.now();
  const copies = await readCopies(server);
  const found = resetBy(copies, baseline);
  if (!found) {
    throw new UserError(`there is no baseline of ${server.live} to go back to`, {
      hints: ['devenv up makes it.'],
    });
  }
  const spare = found.kind === 'spare';
  if (!spare) say(`no spare is ready: ${megabytes(found)} MB are copied first`);
  const incoming = spare ? found : await copyOf(server, found, now);
  await swap(server, incoming, { tag: tagOf(now), kind: 'undo', baseline: null, label: 'reset', created: now });
  await drop(
    server,
    copies.filter(({ kind }) => kind === 'redo'),
  );
  return { spare, milliseconds: performance.now() - began };
}

/**
 * Takes what is live out of the way, where undo finds it. There is no live database then. Gives the way back, for when
 * nothing else comes into its place.
 */
export async function park(server: PostgresServer, label: string, { now }: When): Promise<() => Promise<void>> {
  const parked = await moveAway(server, { tag: tagOf(now), kind: 'undo', baseline: null, label, created: now });
  return () => moveBack(server, parked);
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

/**
 * Brings the copies to what the next reset needs: drops what was cut off and what nothing leads to, and makes spares.
 * It may be ended at any moment; the next time goes on.
 */
export async function tidy(
  server: PostgresServer,
  baseline: string | null,
  keeping: Keeping,
  { now, signal }: When & { readonly signal: AbortSignal },
): Promise<void> {
  for (const name of await readHalfMade(server)) await dropCopy(server, name);
  const copies = await readCopies(server);
  await drop(server, outdated(copies, baseline, keeping));
  const source = copies.find((copy) => copy.kind === 'baseline' && copy.baseline === baseline);
  if (baseline === null || !source) return;
  const missing = missingSpares(copies, baseline, keeping);
  for (let made = 0; made < missing && !signal.aborted; made += 1) await copyOf(server, source, `${now} ${made}`);
}

/** One that can be swapped in. */
async function copyOf(server: PostgresServer, source: Copy, now: string): Promise<Copy> {
  const marks = { kind: 'spare', baseline: source.baseline, label: '', created: now } as const;
  const name = await makeCopy(server, { from: source.name, tag: tagOf(now), ...marks });
  return { ...marks, name, sizeBytes: source.sizeBytes };
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
