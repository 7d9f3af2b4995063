import type { Flaw } from './document.ts';
import { isKeys, type Path } from './path.ts';

/** These would reach into the prototypes of the objects that a configuration is merged into. */
const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 20;

/** What is not plain data: everything that reads the value afterwards relies on a finite tree of own keys. */
export function notPlain(value: unknown, path: Path = [], above: readonly unknown[] = []): readonly Flaw[] {
  if (isScalar(value)) return [];
  if (above.includes(value)) return [{ path, message: 'contains itself' }];
  if (above.length >= MAX_DEPTH) return [{ path, message: `is nested more than ${MAX_DEPTH} levels deep` }];
  const inside = [...above, value];
  if (Array.isArray(value)) return value.flatMap((item, index) => notPlain(item, [...path, index], inside));
  if (!isKeys(value) || !isPlainObject(value)) return [{ path, message: `is ${nameOf(value)}, not plain data` }];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    return REFUSED_KEYS.has(key)
      ? [{ path: at, message: `\`${key}\` can't be used as a key` }]
      : notPlain(item, at, inside);
  });
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
