import { type Schema, type Table, tableName } from './schema.ts';

/**
 * The table that a person means: by its full name, by its bare one where only one table has it, or in `public` where
 * several do. Case counts, as in a quoted name.
 */
export function findTable({ tables }: Schema, name: string): Table | undefined {
  const full = tables.find((table) => name === tableName(table) || name === `${table.schema}.${table.name}`);
  if (full) return full;
  const bare = tables.filter((table) => table.name === name);
  return bare.length === 1 ? bare[0] : undefined;
}
