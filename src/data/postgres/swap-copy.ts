import type { Copy } from '../../core/data/copies.ts';
import { refuseBlockers } from './blockers.ts';
import { dropCopy, makeIncoming, markHalfMade } from './copies.ts';
import { MAINTENANCE, type PostgresServer } from './server.ts';
import { swap } from './swap.ts';

export interface When {
  /** ISO 8601; also what tells copies of one kind apart. */
  readonly now: string;
}

/** Of one that has to stay: a copy of it is swapped in. */
export async function swapCopyIn(
  server: PostgresServer,
  { name: from }: Copy,
  { label, now }: When & { readonly label: string },
): Promise<void> {
  await server.within(MAINTENANCE, (client) => refuseBlockers(client, server.live));
  const name = await makeIncoming(server, { from, tag: tagOf(now) });
  try {
    await swap(server, { name }, { ...keptAs(label, now), life: { generation: tagOf(now), origin: from } });
  } catch (error) {
    await dropCopy(server, name).catch(() => {});
    throw error;
  }
}

/** What was live is for undo then. */
export function keptAs(label: string, now: string) {
  return { tag: tagOf(now), kind: 'undo', baseline: null, label, created: now } as const;
}

/**
 * After something new nothing can be done again. Without their mark of completion they count as half-made: to drop them
 * takes its time, for which nobody is to wait.
 */
export async function endRedo(server: PostgresServer, copies: readonly Copy[]): Promise<void> {
  const names = copies.flatMap(({ kind, name }) => (kind === 'redo' ? [name] : []));
  if (names.length === 0) return;
  await server.within(MAINTENANCE, async (client) => {
    for (const name of names) await markHalfMade(client, name);
  });
}

/** Only what a name of a database may hold without quotes. */
export function tagOf(now: string): string {
  return now.toLowerCase().replace(/[^a-z0-9]/g, '');
}
