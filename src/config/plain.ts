import type { Flaw } from './document.ts';
import { isKeys, type Path } from './path.ts';

/** These would reach into the prototypes of the objects that a configuration is merged into. */
const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 20;

/**
 * The value without what is not plain data, and what that was: everything that reads it afterwards relies on a finite
 * tree of own keys. Functions are left where they are if they are allowed: the schema says where that is.
 */
export function toPlain(
  value: unknown,
  allowed: { readonly functions?: boolean } = {},
): { readonly value: unknown; readonly flaws: readonly Flaw[] } {
  const flaws: Flaw[] = [];
  const refuse = (path: Path, message: string): undefined => {
    flaws.push({ path, message });
  };
  const copy = (part: unknown, path: Path, above: readonly unknown[]): unknown => {
    if (isScalar(part) || (allowed.functions && typeof part === 'function')) return part;
    if (above.includes(part)) return refuse(path, 'contains itself');
    if (above.length >= MAX_DEPTH) return refuse(path, `is nested more than ${MAX_DEPTH} levels deep`);
    const inside = [...above, part];
    if (Array.isArray(part)) return part.map((item, index) => copy(item, [...path, index], inside));
    if (!isKeys(part) || !isPlainObject(part)) return refuse(path, `is ${nameOf(part)}, not plain data`);
    const entries = Object.entries(part).filter(
      ([key]) => !REFUSED_KEYS.has(key) || refuse([...path, key], `\`${key}\` can't be used as a key`),
    );
    return Object.fromEntries(entries.map(([key, item]) => [key, copy(item, [...path, key], inside)]));
  };
  return { value: copy(value, [], []), flaws };
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean';
}

/** By the chain's length, not by identity: an object of another realm is as good. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return `an object of class ${value?.constructor?.name ?? 'unknown'}`;
  return `a ${typeof value}`;
}
