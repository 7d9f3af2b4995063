import { UserError } from '../../core/errors.ts';
import {
  copyForSnapshot,
  dropCopy,
  dropKeptKeys,
  keepSnapshot,
  nameAt,
  type PostgresServer,
  readCopies,
  refuseKnownSnapshot,
  removeSnapshot,
  restoreSnapshot,
} from '../../data/postgres/index.ts';
import type { CommonOptions } from '../options.ts';
import type { FollowedKeys } from './keys.ts';
import { type Chosen, type OwnDatabase, onEach, onOwnServers, type ProvenData, type Results } from './on-own-server.ts';

export interface SnapshotResult extends OwnDatabase {
  readonly name: string;
  /** What Redis services did, where their keys went with it. */
  readonly redis: readonly FollowedKeys[];
}

export interface SnapshotOptions extends CommonOptions, Chosen {
  readonly copied?: (done: number, total: number) => void;
  /** Hears of each database as soon as it is done. */
  readonly done?: (result: SnapshotResult) => void;
}

const DID = { save: 'saved', restore: 'restored', rm: 'removed' };

/**
 * Saves what is live under a name, restores it, or removes it: of every database that is meant. One that has no snapshot
 * of that name stays as it is; where saving one fails, none is kept.
 */
export function actOnSnapshot(
  action: 'save' | 'restore' | 'rm',
  name: string,
  options: SnapshotOptions,
): Promise<Results<SnapshotResult>> {
  return onOwnServers(
    options,
    async (all) => {
      const several = all.length > 1;
      const when = { now: new Date().toISOString(), copied: options.copied };
      if (action === 'save') return { several, results: await saveAll(all, name, when, options) };
      const each = { signal: options.signal, did: DID[action], done: options.done };
      const results = await onEach(await withSnapshot(all, name, options), each, async (proven) => {
        const { server, keys } = proven;
        if (action === 'rm') {
          await removeOne(proven, name);
          return resultOf(proven, name, []);
        }
        await restoreSnapshot(server, name, when);
        return resultOf(proven, name, await keys.follow(when.now, 'soon'));
      });
      return { several, results };
    },
    action === 'restore' ? 'begin empty' : 'refuse',
  );
}

interface Saving {
  readonly now: string;
  readonly copied: SnapshotOptions['copied'];
}

async function saveAll(
  all: readonly ProvenData[],
  name: string,
  when: Saving,
  { done = () => {}, signal }: SnapshotOptions,
): Promise<readonly SnapshotResult[]> {
  for (const { server } of all) await refuseKnownSnapshot(server, name);
  const made: { readonly proven: ProvenData; readonly copy: string }[] = [];
  try {
    for (const proven of all) {
      await proven.keys.keep(nameAt(proven.server, 'snapshot', when.now), when.now);
      made.push({ proven, copy: await copyForSnapshot(proven.server, when) });
    }
    // What takes its time is done: cut off before this, no database has the snapshot.
    for (const { proven, copy } of made) await keepSnapshot(proven.server, copy, name, when);
  } catch (error) {
    // Of a command that was ended nothing more is asked.
    if (!signal.aborted) for (const { proven, copy } of made) await discard(proven, copy).catch(() => {});
    throw error;
  }
  const results = all.map((proven) => resultOf(proven, name, []));
  results.forEach(done);
  return results;
}

/** Those that have it. The others stay as they are, and that is said. */
async function withSnapshot(
  all: readonly ProvenData[],
  name: string,
  { emit }: SnapshotOptions,
): Promise<readonly ProvenData[]> {
  // Of the only one its own words say what there is.
  if (all.length === 1) return all;
  const known = await Promise.all(
    all.map(async (proven) => {
      const labels = (await readCopies(proven.server)).flatMap(({ kind, label }) => (kind === 'snapshot' ? label : []));
      return { proven, labels };
    }),
  );
  const found = known.filter(({ labels }) => labels.includes(name));
  if (found.length === 0) {
    const labels = [...new Set(known.flatMap((one) => one.labels))].join(', ');
    throw new UserError(`there is no snapshot ${name} of ${all.map(({ server }) => server.live).join(' or ')}`, {
      code: 'usage',
      hints: [labels === '' ? 'devenv snapshot save NAME makes one.' : `There are: ${labels}.`],
    });
  }
  for (const { proven, labels } of known) {
    if (labels.includes(name)) continue;
    const message = `${proven.service.name}: ${proven.server.live} has no snapshot ${name}, and stays as it is`;
    emit({ type: 'notice', level: 'info', message });
  }
  return found.map(({ proven }) => proven);
}

async function removeOne({ server }: ProvenData, name: string): Promise<void> {
  await removeSnapshot(server, name);
  await dropLostKeys(server);
}

async function discard({ server }: ProvenData, copy: string): Promise<void> {
  await dropCopy(server, copy);
  await dropLostKeys(server);
}

async function dropLostKeys(server: PostgresServer): Promise<void> {
  await dropKeptKeys(
    server,
    (await readCopies(server)).map((copy) => copy.name),
  );
}

function resultOf({ server, service }: ProvenData, name: string, redis: readonly FollowedKeys[]): SnapshotResult {
  return { service: service.name, database: server.live, name, redis };
}
