import type { ForeignKey, Schema, Table, Unique } from '../../seed/schema.ts';
import type { Client } from '../server.ts';
import type { ByOid } from './by-oid.ts';
import { readChecks } from './checks.ts';
import { readColumns } from './columns.ts';
import { readForeignKeys } from './foreign-keys.ts';
import { type Partition, placesIn, readPartitions } from './partitions.ts';
import { reading } from './reading.ts';
import { typeResolver } from './resolve-type.ts';
import { countRows } from './row-counts.ts';
import { type ListedTable, readTables } from './tables.ts';
import { readTriggers } from './triggers.ts';
import { readTypes } from './types.ts';
import { readExclusions, readUniques } from './uniques.ts';

/**
 * What seeding has to know of a database (Postgres 13 to 18), without what belongs to extensions; of all schemas, or of
 * some. Expressions name everything outside of pg_catalog with its schema, so that they mean the same under any search
 * path, also an empty one. Opens transactions of its own: the connection must not be in one. Takes as many queries for a
 * thousand tables as for one, but for counting rows.
 */
export async function readSchema(
  client: Client,
  { schemas }: { readonly schemas?: readonly string[] } = {},
): Promise<Schema> {
  const { listed, facts } = await reading(client, async () => {
    const listed = await readTables(client, schemas ?? null);
    return { listed, facts: await readFacts(client, listed) };
  });
  const counts = await countRows(client, listed);
  return { tables: listed.map((table) => ({ ...describe(table, facts), rows: counts.get(table.oid) ?? 0 })) };
}

/** The same schema with the numbers of rows that there are now. */
export async function recounted(client: Client, { tables }: Schema): Promise<Schema> {
  const listed = tables.map((table, oid) => ({ ...table, oid }));
  const counts = await countRows(client, listed);
  return { tables: tables.map((table, oid) => ({ ...table, rows: counts.get(oid) ?? 0 })) };
}

type Facts = Awaited<ReturnType<typeof readFacts>>;

/** One query for each kind of fact. What a partition has on its own is read too. */
async function readFacts(client: Client, listed: readonly ListedTable[]) {
  const roots = listed.filter(({ partitioned }) => partitioned).map(({ oid }) => oid);
  const partitions = await readPartitions(client, roots);
  const tables = [...new Set([...listed.map(({ oid }) => oid), ...partitions.map(({ oid }) => oid)])];
  const columns = await readColumns(
    client,
    listed.map(({ oid }) => oid),
  );
  const types = await readTypes(client, [...new Set([...columns.values()].flat().map(({ type }) => type))]);
  return {
    partitions,
    columns,
    resolve: typeResolver(types),
    uniques: await readUniques(client, tables),
    foreignKeys: await readForeignKeys(client, tables),
    checks: await readChecks(client, tables),
    exclusions: await readExclusions(client, tables),
    triggers: await readTriggers(client, tables),
  };
}

function describe({ oid, schema, name, comment, partitioned }: ListedTable, facts: Facts): Omit<Table, 'rows'> {
  const tree = facts.partitions.filter(({ root }) => root === oid);
  const checks = facts.checks.get(oid) ?? [];
  return {
    schema,
    name,
    columns: (facts.columns.get(oid) ?? []).map(({ type, modifier, dimensions, ...column }) => ({
      ...column,
      type: facts.resolve({ type, modifier, dimensions }),
    })),
    uniques: different(withPartitions(facts.uniques, oid, tree), sameKey),
    foreignKeys: different(withPartitions(facts.foreignKeys, oid, tree), sameReference),
    checks,
    partitioned,
    exclusions: withPartitions(facts.exclusions, oid, tree),
    partitions: partitioned ? placesIn(tree, facts.checks, new Set(checks.map((check) => check.name))) : null,
    comment,
    triggers: [...new Set(withPartitions(facts.triggers, oid, tree).map((trigger) => trigger.name))],
  };
}

/**
 * What a table and its partitions have. A key of one partition is taken as one of the whole table, which asks for more than
 * Postgres does and never for less.
 */
function withPartitions<T>(facts: ByOid<T>, table: number, tree: readonly Partition[]): readonly T[] {
  return [...new Set([table, ...tree.map(({ oid }) => oid)])].flatMap((oid) => facts.get(oid) ?? []);
}

/** Without those that repeat an earlier one: each partition may have the same key under another name. */
function different<T>(list: readonly T[], identity: (one: T) => unknown): readonly T[] {
  return [...new Map(list.toReversed().map((one) => [JSON.stringify(identity(one)), one])).values()].toReversed();
}

const sameKey = ({ parts, predicate, nullsNotDistinct }: Unique) => [parts, predicate, nullsNotDistinct];
const sameReference = ({ name: _, ...reference }: ForeignKey) => reference;
