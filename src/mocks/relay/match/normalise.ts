/**
 * What differs between two runs of the same code, by its form: UUIDs, times, and ports of this machine. Each is given a
 * number in the order of its first appearance, so that the same one stays the same one.
 */
const CHANGING =
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?|(?<=\b(?:localhost|127\.0\.0\.1|\[::1\]):)\d{2,5}/gi;

/** A JSON value by which two calls are compared: without what changes anyhow, and its keys in order. */
export function normalise(value: unknown): unknown {
  const seen = new Map<string, number>();
  return walk(value, (found) => {
    const number = seen.get(found) ?? seen.size + 1;
    seen.set(found, number);
    return `<${kindOf(found)} ${number}>`;
  });
}

function walk(value: unknown, replace: (found: string) => string): unknown {
  if (typeof value === 'string') return value.replace(CHANGING, replace);
  if (Array.isArray(value)) return value.map((item) => walk(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, inner]) => [name, walk(inner, replace)]));
}

function kindOf(found: string): string {
  if (/^\d{2,5}$/.test(found)) return 'port';
  return /^\d{4}-\d\d-\d\d[T ]/.test(found) ? 'time' : 'id';
}
