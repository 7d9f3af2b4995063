import { baseOf } from '../schema.ts';
import { isScalar, WHOLE_NUMBERS } from '../types.ts';
import type { TableInput } from './table-input.ts';

/** Columns that count up: those with a sequence, and whole numbers that are a key by themselves. */
export function countingColumns(
  { table, description, rules }: TableInput,
  linked: ReadonlySet<string>,
): ReadonlySet<string> {
  const alone = new Set(
    table.uniques.flatMap(({ parts, primary }) =>
      primary && parts.length === 1 && parts[0] && 'column' in parts[0] ? [parts[0].column] : [],
    ),
  );
  return new Set(
    table.columns.flatMap((column) => {
      const { name, sequence, identity, generated } = column;
      if (!isScalar(baseOf(column.type), ...WHOLE_NUMBERS)) return [];
      if (generated || linked.has(name) || description?.columns?.[name] !== undefined) return [];
      if (sequence === null && identity === null && !alone.has(name)) return [];
      const narrow = rules.alternatives.some(({ domains }) => {
        const domain = domains.get(name);
        return domain && (domain.oneOf || domain.max || domain.modulo.length > 0 || domain.noneOf.length > 0);
      });
      return narrow ? [] : [name];
    }),
  );
}

/** What such a column counts from: after the highest that is there. */
export function startOf({ highest, rules }: TableInput, column: string): number {
  const least = rules.alternatives.map(({ domains }) => domains.get(column)?.min ?? null);
  const from = Math.max(1, ...least.map((min) => (min ? Math.floor(min.value) + (min.inclusive ? 0 : 1) : 1)));
  return Math.max(from, (highest(column) ?? 0) + 1);
}
