import type { Kept } from './kinds.ts';

/** Finds the objects of a kind by the value of one of their fields. */
export class FieldIndex {
  readonly field: string;
  readonly #ids = new Map<unknown, Set<string>>();

  constructor(field: string) {
    this.field = field;
  }

  idsOf(value: unknown): Iterable<string> {
    return this.#ids.get(value) ?? [];
  }

  add(object: Kept): void {
    const value = fieldOf(object, this.field);
    if (value === null || value === undefined) return;
    const ids = this.#ids.get(value);
    if (ids) ids.add(object.id);
    else this.#ids.set(value, new Set([object.id]));
  }

  remove(object: Kept): void {
    const value = fieldOf(object, this.field);
    const ids = this.#ids.get(value);
    ids?.delete(object.id);
    if (ids?.size === 0) this.#ids.delete(value);
  }
}

export function fieldOf(object: object, field: string): unknown {
  return (object as Readonly<Record<string, unknown>>)[field];
}
