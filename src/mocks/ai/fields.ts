import { isObject, type JsonObject } from './json.ts';
import type { Refusal } from './refusal.ts';

/** How a provider complains of what it was sent. */
export interface Complaints {
  /** Of an element: `messages[0]` or `messages.0`. */
  element(list: string, index: number): string;
  missing(param: string): Refusal;
  wrongType(param: string, expected: string, value: unknown): Refusal;
  outOfRange(param: string, kind: 'integer' | 'decimal', value: number, bound: 'min' | 'max', limit: number): Refusal;
  notOneOf(param: string, value: string, allowed: readonly string[]): Refusal;
}

/** An object of a request. Absent and null are the same; what is there and of the wrong kind is refused. */
export class Fields {
  readonly object: JsonObject;
  readonly at: string;
  readonly #complaints: Complaints;

  constructor(object: JsonObject, at: string, complaints: Complaints) {
    this.object = object;
    this.at = at;
    this.#complaints = complaints;
  }

  raw(name: string): unknown {
    return this.object[name] ?? null;
  }

  path(name: string): string {
    return this.at === '' ? name : `${this.at}.${name}`;
  }

  string(name: string): string | null {
    return this.#typed(name, 'a string', (value) => typeof value === 'string') as string | null;
  }

  boolean(name: string): boolean | null {
    return this.#typed(name, 'a boolean', (value) => typeof value === 'boolean') as boolean | null;
  }

  number(name: string, min = -Infinity, max = Infinity): number | null {
    return this.#within(
      name,
      'decimal',
      this.#typed(name, 'a decimal', (value) => typeof value === 'number') as number | null,
      min,
      max,
    );
  }

  integer(name: string, min = -Infinity, max = Infinity): number | null {
    return this.#within(name, 'integer', this.#typed(name, 'an integer', Number.isInteger) as number | null, min, max);
  }

  list(name: string): unknown[] | null {
    return this.#typed(name, 'an array', Array.isArray) as unknown[] | null;
  }

  strings(name: string): string[] | null {
    const list = this.list(name);
    for (const [index, value] of (list ?? []).entries()) {
      if (typeof value !== 'string') throw this.wrongType(this.element(name, index), 'a string', value);
    }
    return list as string[] | null;
  }

  inner(name: string): Fields | null {
    const object = this.#typed(name, 'an object', isObject) as JsonObject | null;
    return object && new Fields(object, this.path(name), this.#complaints);
  }

  objects(name: string): Fields[] | null {
    return (
      this.list(name)?.map((value, index) => {
        const at = this.element(name, index);
        if (!isObject(value)) throw this.wrongType(at, 'an object', value);
        return new Fields(value, at, this.#complaints);
      }) ?? null
    );
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | null {
    const value = this.string(name);
    if (value === null || (allowed as readonly string[]).includes(value)) return value as T | null;
    throw this.#complaints.notOneOf(this.path(name), value, allowed);
  }

  required<T>(name: string, value: T | null): T {
    if (value === null) throw this.#complaints.missing(this.path(name));
    return value;
  }

  /** An object from elsewhere, read in the same way. */
  other(object: JsonObject): Fields {
    return new Fields(object, '', this.#complaints);
  }

  element(name: string, index: number): string {
    return this.#complaints.element(this.path(name), index);
  }

  wrongType(param: string, expected: string, value: unknown): Refusal {
    return this.#complaints.wrongType(param, expected, value);
  }

  #typed(name: string, expected: string, is: (value: unknown) => boolean): unknown {
    const value = this.raw(name);
    if (value === null || is(value)) return value;
    throw this.wrongType(this.path(name), expected, value);
  }

  #within(name: string, kind: 'integer' | 'decimal', value: number | null, min: number, max: number): number | null {
    const bound = value === null ? null : value < min ? 'min' : value > max ? 'max' : null;
    if (value === null || bound === null) return value;
    throw this.#complaints.outOfRange(this.path(name), kind, value, bound, bound === 'min' ? min : max);
  }
}
