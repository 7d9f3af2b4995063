import type { Value } from './value.ts';

/** Makes the values of one column. Each is a function of (seed, table, column, row, attempt). */
export interface Generator {
  /** Another attempt at the same row gives another value where there is one. */
  value(row: number, attempt: number): Value;
  /**
   * Of types that are numbers in Value: the value of this row that lies within both bounds (inclusive, in the type's unit;
   * infinite is no bound); null where nothing lies there.
   */
  readonly within: ((row: number, attempt: number, low: number, high: number) => number | null) | null;
  /** Values that all differ, by their number from 0 on; null where the type has none to count. */
  readonly distinct: Distinct | null;
}

export interface Distinct {
  /** How many there are; may be Infinity. */
  readonly size: number;
  /** Different for each index below `size`, also in upper or lower case alone and without blanks around. */
  at(index: number): Value;
}
