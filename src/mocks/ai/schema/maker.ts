import type { Heights } from './height.ts';
import type { Material } from './material.ts';
import type { Schema } from './schema.ts';
import type { Wanted } from './wanted.ts';

/** From this level on, what needn't be there isn't. */
export const DEEP = 4;

/** What makes the values inside of an array or object. */
export interface Maker {
  readonly root: Schema;
  readonly material: Material;
  readonly heights: Heights;
  /** `depth` counts the levels around the value. */
  value(schema: Schema, wanted: Wanted, depth: number): unknown;
  /** Another than those that are known, as far as there are others. */
  fresh<T>(isKnown: (value: T) => boolean, make: () => T): T;
  /** What is made of other material. */
  within<T>(material: Material, make: () => T): T;
}
