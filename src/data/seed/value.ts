/** Milliseconds of a day. */
export const DAY = 86_400_000;

/**
 * A value of a column. A number is the unit of its type: days since 1970 for `date`, milliseconds since 1970 (UTC) for
 * `timestamp` and `timestamptz`, milliseconds since midnight for `time`, milliseconds for `interval`, else the number
 * itself. A string is text in the form that Postgres reads for any type, also where a number could stand.
 */
export type Value = null | boolean | number | string | ArrayValue | CompositeValue | RangeValue | MultirangeValue;

export interface ArrayValue {
  readonly items: readonly Value[];
}

export interface CompositeValue {
  readonly fields: readonly Value[];
}

/** From `lower`, inclusive, to `upper`, exclusive; null is no bound. */
export interface RangeValue {
  readonly lower: Value;
  readonly upper: Value;
}

export interface MultirangeValue {
  readonly ranges: readonly RangeValue[];
}
