import { fits } from '../checks/index.ts';
import { type Alternative, ANY } from '../domain.ts';
import type { Equation } from '../equations/equations.ts';
import { evaluated, roundedTo } from '../equations/formula.ts';
import { baseOf, type Column } from '../schema.ts';
import type { Value } from '../value.ts';
import { limitsOf } from '../values/grid.ts';

export interface ComputedColumn {
  readonly column: Column;
  readonly formula: Equation['formula'];
  readonly alternatives: readonly Alternative[];
  readonly alternativeOf: (row: number, attempt: number) => number;
  /** What it has where nothing can be computed: another column is NULL, or the result is not of its type. */
  readonly otherwise: (row: number, attempt: number) => Value;
  readonly other: (column: string, row: number) => Value;
}

/** Digits after the point of numbers without a limit. */
const DIGITS = 6;

/** Values of a column that follow from others of the row. */
export function computedValues(computed: ComputedColumn): (row: number, attempt: number) => Value {
  const { column, formula, alternatives, alternativeOf, otherwise, other } = computed;
  const base = baseOf(column.type);
  const limits = base.kind === 'scalar' ? limitsOf(base) : null;
  const digits = limits?.digits ?? DIGITS;
  return (row, attempt) => {
    const drawn = otherwise(row, attempt);
    if (drawn === null || !limits) return drawn;
    const result = evaluated(formula, (name) => {
      const value = other(name, row);
      return value === null || typeof value === 'object' || typeof value === 'boolean' ? null : Number(value);
    });
    if (result === null || !Number.isFinite(result)) return drawn;
    const value = roundedTo(result, digits);
    const domain = alternatives[alternativeOf(row, attempt)]?.domains.get(column.name) ?? ANY;
    return value >= limits.low && value <= limits.high && fits(value, domain) ? value : drawn;
  };
}
