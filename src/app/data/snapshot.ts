import {
  dropKeptKeys,
  nameAt,
  readCopies,
  refuseKnownSnapshot,
  removeSnapshot,
  restoreSnapshot,
  saveSnapshot,
} from '../../data/postgres/index.ts';
import type { CommonOptions } from '../options.ts';
import type { FollowedKeys } from './keys.ts';
import { type OwnDatabase, onOwnServer } from './on-own-server.ts';

export interface SnapshotResult extends OwnDatabase {
  readonly name: string;
  /** What Redis services did, where their keys went with it. */
  readonly redis: readonly FollowedKeys[];
}

/** Saves what is live under a name, restores it, or removes it. */
export function actOnSnapshot(
  action: 'save' | 'restore' | 'rm',
  name: string,
  options: CommonOptions & { readonly copied?: (done: number, total: number) => void },
): Promise<SnapshotResult> {
  return onOwnServer(
    options,
    async ({ server, service, keys }) => {
      let redis: readonly FollowedKeys[] = [];
      const when = { now: new Date().toISOString(), copied: options.copied };
      if (action === 'save') {
        await refuseKnownSnapshot(server, name);
        await keys.keep(nameAt(server, 'snapshot', when.now), when.now);
        await saveSnapshot(server, name, when);
      } else if (action === 'restore') {
        await restoreSnapshot(server, name, when);
        redis = await keys.follow(when.now, 'soon');
      } else {
        await removeSnapshot(server, name);
        await dropKeptKeys(
          server,
          (await readCopies(server)).map((copy) => copy.name),
        );
      }
      return { service: service.name, database: server.live, name, redis };
    },
    action === 'restore' ? 'begin empty' : 'refuse',
  );
}
