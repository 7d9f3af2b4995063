import type { Rules } from '../domain.ts';
import type { Table } from '../schema.ts';
export async function rulesOf(table: Table): Promise<Rules> {
  return {
    alternatives: [{ domains: new Map(), comparisons: [] }],
    judged: table.checks.map((check) => ({ ...check, why: 'unknown' })),
  };
}
