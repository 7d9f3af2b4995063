import type { Alternative, Comparison } from '../domain.ts';
import type { Generator } from '../generator.ts';
import { mirrored, type Operator } from '../operator.ts';
import { baseOf, type Column } from '../schema.ts';
import type { Value } from '../value.ts';

export interface MadeColumn {
  readonly column: Column;
  readonly alternatives: readonly Alternative[];
  /** One for each alternative. */
  readonly generators: readonly Generator[];
  /** Which alternative a row follows. */
  readonly alternativeOf: (row: number, attempt: number) => number;
  /** Number of the value among those that all differ; null where any value will do. */
  readonly indexOf: (row: number, attempt: number) => number | null;
  /** Columns that are decided before this one: only those does it look at. */
  readonly before: ReadonlySet<string>;
  readonly other: (column: string, row: number) => Value;
  /** Columns that have another value in every row. */
  readonly distinct: ReadonlySet<string>;
  /** What nobody expects less than, if that can be, such as when a parent came to be; null where there is nothing. */
  readonly expected: ((row: number, attempt: number) => number | null) | null;
}

/** How often a value is made anew that must not equal another column's. */
const TRIES = 10;

/** Makes the values of a column that is neither a reference nor a counter. */
export function makeValues(made: MadeColumn): (row: number, attempt: number) => Value {
  const { column, alternatives, generators, alternativeOf, indexOf, other } = made;
  const looked = alternatives.map(({ comparisons }) => lookedAt(comparisons, column.name, made.before));
  const unit = unitOf(column);
  /** Next to a column that differs in every row this one does too. */
  const besides = (comparisons: readonly Looked[], row: number, attempt: number): number | null => {
    const beside = comparisons.find((one) => one.operator !== '<>' && made.distinct.has(one.column));
    const value = beside && made.distinct.has(column.name) ? other(beside.column, row) : null;
    if (!beside || typeof value !== 'number') return null;
    const distance = beside.operator === '>' ? unit : beside.operator === '<' ? -unit : 0;
    const at = value + beside.offset + distance;
    return generators[made.alternativeOf(row, attempt)]?.within?.(row, attempt, at, at) ?? null;
  };
  return (row, attempt) => {
    const which = alternatives.length === 1 ? 0 : alternativeOf(row, attempt);
    const generator = generators[which] as Generator;
    const index = indexOf(row, attempt);
    if (index !== null && generator.distinct) {
      const nullable = !column.notNull && generator.value(row, attempt) === null;
      if (nullable) return null;
      return besides(looked[which] ?? [], row, attempt) ?? generator.distinct.at(index % generator.distinct.size);
    }
    const value = generator.value(row, attempt);
    const comparisons = looked[which] ?? [];
    if (value === null || (comparisons.length === 0 && !made.expected)) return value;
    const least = made.expected?.(row, attempt) ?? Number.NEGATIVE_INFINITY;
    return compared({ value, comparisons, generator, unit, row, attempt, other, notNull: column.notNull, least });
  };
}

interface Looked {
  readonly operator: Operator;
  readonly column: string;
  readonly offset: number;
}

/** The comparisons as seen from one column: it, the operator, the other column plus an offset. */
function lookedAt(comparisons: readonly Comparison[], column: string, before: ReadonlySet<string>): readonly Looked[] {
  return comparisons.flatMap(({ left, operator, right, offset }): Looked[] => {
    if (left === column && before.has(right)) return [{ operator, column: right, offset }];
    if (right === column && before.has(left)) return [{ operator: mirrored(operator), column: left, offset: -offset }];
    return [];
  });
}

interface Compared {
  readonly value: Value;
  readonly comparisons: readonly Looked[];
  readonly generator: Generator;
  readonly unit: number;
  readonly row: number;
  readonly attempt: number;
  readonly notNull: boolean;
  readonly other: MadeColumn['other'];
  readonly least: number;
}

function compared(asked: Compared): Value {
  const { value, comparisons, generator, unit, row, attempt, other, notNull, least } = asked;
  let [low, high] = [least, Number.POSITIVE_INFINITY];
  const unequal: number[] = [];
  for (const { operator, column, offset } of comparisons) {
    const bound = other(column, row);
    // With a value that is not there a comparison is neither true nor false, which a CHECK lets pass.
    if (typeof bound !== 'number') continue;
    const at = bound + offset;
    if (operator === '>' || operator === '>=' || operator === '=')
      low = Math.max(low, operator === '>' ? at + unit : at);
    if (operator === '<' || operator === '<=' || operator === '=')
      high = Math.min(high, operator === '<' ? at - unit : at);
    if (operator === '<>') unequal.push(at);
  }
  const fits = (one: Value): boolean => typeof one === 'number' && one >= low && one <= high && !unequal.includes(one);
  if (fits(value) || !generator.within) return value;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const within = generator.within(row, attempt + tried * 256, low, high);
    // What is only expected gives way.
    if (within === null && least > Number.NEGATIVE_INFINITY)
      return compared({ ...asked, least: Number.NEGATIVE_INFINITY });
    if (within === null) return notNull ? value : null;
    if (fits(within)) return within;
  }
  return value;
}

/** The least by which two values of a column differ, in the unit of its type. */
function unitOf({ type }: Column): number {
  const base = baseOf(type);
  if (base.kind !== 'scalar') return 1;
  if (base.name === 'numeric') return 10 ** -Math.max(0, base.scale ?? 2);
  if (base.name === 'float4' || base.name === 'float8') return 0.001;
  return 1;
}
