import type { Check } from '../../seed/schema.ts';
import type { Client } from '../server.ts';
import type { ByOid } from './by-oid.ts';

/** A partitioned table, or a table that is a partition, in a tree of them. */
export interface Partition {
  /** The table of the tree that isn't a partition. */
  readonly root: number;
  readonly oid: number;
  readonly parent: number | null;
  readonly isLeaf: boolean;
  /** What has to hold for a row to get here; null where anything may. */
  readonly constraint: string | null;
  /** A part takes what no other takes, or this share of all hashes, `1 / modulus`. */
  readonly isDefault: boolean;
  readonly modulus: number | null;
}

export async function readPartitions(client: Client, roots: readonly number[]): Promise<readonly Partition[]> {
  const { rows } = await client.query<Partition>(
    `select r.root, p.relid::oid as oid, p.parentrelid::oid as parent, p.isleaf as "isLeaf",
            pg_catalog.pg_get_partition_constraintdef(p.relid) as constraint,
            b.bound = 'DEFAULT' as "isDefault",
            pg_catalog.substring(b.bound, '^FOR VALUES WITH \\(modulus (\\d+), remainder \\d+\\)$')::int as modulus
       from pg_catalog.unnest($1::oid[]) r(root)
      cross join lateral pg_catalog.pg_partition_tree(r.root) p
       join pg_catalog.pg_class c on c.oid = p.relid
      cross join lateral (select coalesce(pg_catalog.pg_get_expr(c.relpartbound, c.oid), '') as bound) b
      order by r.root, p.level, p.relid`,
    [roots],
  );
  return rows;
}

/**
 * Of one tree: what a row has to fulfil to find a place, one expression for each leaf. Null where every row finds one and
 * no leaf has checks of its own. `known` are names of checks that all leaves have from the root.
 */
export function placesIn(
  tree: readonly Partition[],
  checks: ByOid<Check>,
  known: ReadonlySet<string>,
): readonly string[] | null {
  const leaves = tree
    .filter(({ isLeaf, parent }) => isLeaf && parent !== null)
    .map(({ oid, constraint }) => ({
      constraint,
      own: (checks.get(oid) ?? []).filter(({ name }) => !known.has(name)),
    }));
  const root = tree.find(({ parent }) => parent === null);
  if (root && coversAll(tree, root) && leaves.every(({ own }) => own.length === 0)) return null;
  return leaves.map(({ constraint, own }) => {
    const demands = [constraint ?? 'true', ...own.map(({ expression }) => expression)];
    return demands.length === 1 ? demands.join() : demands.map((demand) => `(${demand})`).join(' AND ');
  });
}

/**
 * Whether any row that gets to `node` finds a leaf below: by a default partition, or by hashes that are all taken. Moduli
 * divide each other and no two partitions share a hash, so the shares of a complete set add up to one.
 */
function coversAll(tree: readonly Partition[], node: Partition): boolean {
  if (node.isLeaf && node.parent !== null) return true;
  const parts = tree.filter(({ parent }) => parent === node.oid);
  const moduli = parts.flatMap(({ modulus }) => (modulus === null ? [] : [modulus]));
  const largest = Math.max(...moduli);
  const taken = moduli.reduce((sum, modulus) => sum + largest / modulus, 0);
  const complete = parts.some(({ isDefault }) => isDefault) || (moduli.length > 0 && taken === largest);
  return complete && parts.every((part) => coversAll(tree, part));
}
