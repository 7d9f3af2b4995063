export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is called in messages to those who sent it. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number';
  return typeof value === 'object' || typeof value === 'undefined' ? 'an object' : `a ${typeof value}`;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Data that people and tools say has fewer levels; what reads it needs one call inside of another for each. */
const MOST_LEVELS = 50;

/** The JSON that a text is; undefined for another, and for one of more than 50 levels. */
export function dataOf(text: string): unknown {
  const value = parsed(text);
  return hasLevels(value, MOST_LEVELS) ? value : undefined;
}

/** The list or object inside of a text, from where `start` is found to the last bracket; undefined where there is none. */
export function dataIn(text: string, start = /[{[]/): unknown {
  const at = text.search(start);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  return at < 0 ? undefined : dataOf(text.slice(at, end));
}

function hasLevels(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return most > 0 && Object.values(value).every((inner) => hasLevels(inner, most - 1));
}
