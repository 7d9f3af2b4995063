import { changedTables, type TableChange } from '../../core/data/diff.ts';
import { UserError } from '../../core/errors.ts';
import { snapshotNamed, tablesOf } from '../../data/postgres/index.ts';
import type { CommonOptions } from '../options.ts';
import { type Chosen, type OwnDatabase, onOwnServer } from './on-own-server.ts';
import type { ComparedKeys } from './redis-follower.ts';

export interface DataDiff extends OwnDatabase {
  /** Name of the snapshot that comes before. */
  readonly before: string;
  /** Name of another one; null: what is live. */
  readonly after: string | null;
  readonly tables: readonly TableChange[];
  /** Of each Redis whose keys are part of it. */
  readonly keys: readonly ComparedKeys[];
}

/** What changed between a snapshot and another, or what is live. */
export function diffData(before: string, after: string | null, options: CommonOptions & Chosen): Promise<DataDiff> {
  if (before === after) {
    throw new UserError(`${before} is compared with itself`, { code: 'usage', hints: ['Name another snapshot.'] });
  }
  return onOwnServer(options, async ({ server, service, keys }) => {
    const [was, is] = await Promise.all([tablesOf(server, before), tablesOf(server, after)]);
    const named = (label: string) => snapshotNamed(server, label);
    const compared =
      keys.redis.length === 0
        ? []
        : await keys.compare(await named(before), after === null ? null : await named(after));
    const tables = changedTables(was, is);
    return { service: service.name, database: server.live, before, after, tables, keys: compared };
  });
}
