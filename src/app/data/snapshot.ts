import { removeSnapshot, restoreSnapshot, saveSnapshot } from '../../data/postgres/index.ts';
import type { CommonOptions } from '../options.ts';
import { type OwnDatabase, onOwnServer } from './on-own-server.ts';

export interface SnapshotResult extends OwnDatabase {
  readonly name: string;
}

/** Saves what is live under a name, restores it, or removes it. */
export function actOnSnapshot(
  action: 'save' | 'restore' | 'rm',
  name: string,
  options: CommonOptions & { readonly copied?: (done: number, total: number) => void },
): Promise<SnapshotResult> {
  return onOwnServer(options, async ({ server, service }) => {
    const when = { now: new Date().toISOString(), copied: options.copied };
    if (action === 'save') await saveSnapshot(server, name, when);
    else if (action === 'restore') await restoreSnapshot(server, name, when);
    else await removeSnapshot(server, name);
    return { service: service.name, database: server.live, name };
  });
}
