import type * as z from 'zod';
import type { Finding } from './finding.ts';
import { isKeys, type Path, valueAt } from './path.ts';
import { suggestion } from './suggestion.ts';

type Issue = z.core.$ZodIssue;

/** What zod found, in words that name the key, the value and what was probably meant. */
export function toFindings(error: z.ZodError, schema: z.ZodType, value: unknown): readonly Finding[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, schema));
    return [describe(issue, path, valueAt(value, path))];
  });
}

function unknownKey(key: string, path: Path, schema: z.ZodType): Finding {
  const message = `unknown key \`${key}\`${suggestion(key, keysAt(schema, path))}`;
  return { path: [...path, key], part: 'key', message };
}

function describe(issue: Issue, path: Path, value: unknown): Finding {
  if (issue.code === 'invalid_key') {
    const message = `\`${path.at(-1)}\` is not ${issue.issues[0]?.message ?? 'a usable key'}`;
    return { path, part: 'key', message };
  }
  if (value === undefined) {
    return { path: path.slice(0, -1), part: 'key', message: `\`${path.at(-1)}\` is missing`, absence: true };
  }
  return { path, part: 'value', message: messageFor(issue, value) };
}

function messageFor(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${wanted(issue.expected)} is expected, not ${show(value)}`;
    case 'invalid_value':
      return `unknown value ${show(value)}${suggestion(String(value), issue.values.map(String), { list: true })}`;
    case 'invalid_union':
      return issue.message;
    default:
      return `${show(value)} is not ${issue.message}`;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

function wanted(type: string): string {
  return WORDS[type] ?? type;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isKeys(value)) return 'a group of keys';
  const text = String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}

/** The keys that a schema knows at a path. */
function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let current: z.core.$ZodType | undefined = schema;
  for (const part of path) current = current && inside(unwrap(current), part);
  const def = current && unwrap(current)._zod.def;
  return def?.type === 'object' ? Object.keys((def as z.core.$ZodObjectDef).shape) : [];
}

function inside(schema: z.core.$ZodType, part: string | number): z.core.$ZodType | undefined {
  const { def } = schema._zod;
  if (def.type === 'object') return (def as z.core.$ZodObjectDef).shape[part];
  if (def.type === 'record') return (def as z.core.$ZodRecordDef).valueType;
  return undefined;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const def = schema._zod.def as { readonly innerType?: z.core.$ZodType };
  return def.innerType ? unwrap(def.innerType) : schema;
}
