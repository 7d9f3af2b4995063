import { changedTables, type TableChange } from '../../core/data/diff.ts';
import { UserError } from '../../core/errors.ts';
import { tablesOf } from '../../data/postgres/index.ts';
import type { CommonOptions } from '../options.ts';
import { type Chosen, type OwnDatabase, onOwnServer } from './on-own-server.ts';

export interface DataDiff extends OwnDatabase {
  /** Name of the snapshot that comes before. */
  readonly before: string;
  /** Name of another one; null: what is live. */
  readonly after: string | null;
  readonly tables: readonly TableChange[];
}

/** What changed between a snapshot and another, or what is live. */
export function diffData(before: string, after: string | null, options: CommonOptions & Chosen): Promise<DataDiff> {
  if (before === after) {
    throw new UserError(`${before} is compared with itself`, { code: 'usage', hints: ['Name another snapshot.'] });
  }
  return onOwnServer(options, async ({ server, service }) => {
    const [was, is] = await Promise.all([tablesOf(server, before), tablesOf(server, after)]);
    return { service: service.name, database: server.live, before, after, tables: changedTables(was, is) };
  });
}
