import { isDeepStrictEqual } from 'node:util';

type Attributes = Readonly<Record<string, unknown>>;

/** `data.previous_attributes` of an event: what was, of what is otherwise now. Arrays are told whole, objects by what differs. */
export function changedAttributes(before: object, after: object): Attributes {
  const [was, is] = [before as Attributes, after as Attributes];
  const changed: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (was[key] === is[key] || isDeepStrictEqual(was[key], is[key])) continue;
    const both = isPlain(was[key]) && isPlain(is[key]);
    changed[key] = both ? changedAttributes(was[key] as object, is[key] as object) : (was[key] ?? null);
  }
  return changed;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
