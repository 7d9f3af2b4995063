import type { Copy } from '../../core/data/copies.ts';
import type { TableState } from '../../core/data/diff.ts';
import { UserError } from '../../core/errors.ts';
import { dropCopy, makeUnmarked, readCopies } from './copies.ts';
import { whileOpen } from './mend.ts';
import type { PostgresServer } from './server.ts';
import { settle } from './swap.ts';
import { endRedo, swapCopyIn, tagOf, type When } from './swap-copy.ts';
import { readTables } from './tables.ts';

/**
 * Copies what is live. Clients are cut off, and wait for as long as the copy takes. Until `keepSnapshot` it counts as
 * half-made: of several databases all are copied before one is kept. Gives the name of the copy.
 */
export function copyForSnapshot(server: PostgresServer, { now, copied }: When): Promise<string> {
  return makeUnmarked(server, { from: server.live, kind: 'snapshot', tag: tagOf(now), copied });
}

/** Makes such a copy a snapshot. */
export async function keepSnapshot(server: PostgresServer, copy: string, label: string, { now }: When): Promise<void> {
  await settle(server, copy, { kind: 'snapshot', baseline: null, label, created: now });
}

export async function refuseKnownSnapshot(server: PostgresServer, label: string): Promise<void> {
  if (!snapshotOf(await readCopies(server), label)) return;
  throw new UserError(`there is a snapshot ${label} of ${server.live} already`, {
    code: 'refused',
    hints: [`Name it otherwise, or remove that one: devenv snapshot rm ${label}.`],
  });
}

/** Puts a copy of a snapshot in the place of what is live, which undo brings back. */
export async function restoreSnapshot(server: PostgresServer, label: string, when: When): Promise<void> {
  const copies = await readCopies(server);
  await swapCopyIn(server, knownSnapshot(server, copies, label), { label: 'restore', ...when });
  await endRedo(server, copies);
}

export async function removeSnapshot(server: PostgresServer, label: string): Promise<void> {
  await dropCopy(server, knownSnapshot(server, await readCopies(server), label).name);
}

/** Name of the database that a snapshot is. */
export async function snapshotNamed(server: PostgresServer, label: string): Promise<string> {
  return knownSnapshot(server, await readCopies(server), label).name;
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

/** Row counts and hashes of the tables of a snapshot, or of what is live. */
export function tablesOf(server: PostgresServer, label: string | null): Promise<readonly TableState[]> {
  return withDatabaseOf(server, label, (database) => readTables(server, database));
}

/** Does something that has to connect to a snapshot, or to what is live. */
export async function withDatabaseOf<T>(
  server: PostgresServer,
  label: string | null,
  act: (database: string) => Promise<T>,
): Promise<T> {
  if (label === null) return act(server.live);
  const { name } = knownSnapshot(server, await readCopies(server), label);
  return whileOpen(server, name, () => act(name));
}
