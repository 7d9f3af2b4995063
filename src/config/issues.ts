import type * as z from 'zod';
import { suggestion } from '../lib/suggestion.ts';
import type { Finding } from './finding.ts';
import { formatPath, isKeys, type Path, valueAt } from './path.ts';

type Issue = z.core.$ZodIssue;

/** What zod found, in words that name the key, the value and what was probably meant. */
export function toFindings(error: z.ZodError, schema: z.ZodType, value: unknown): readonly Finding[] {
  return findings(error.issues, [], schema, value);
}

function findings(issues: readonly Issue[], above: Path, schema: z.ZodType, value: unknown): readonly Finding[] {
  return issues.filter(isFirstReason).flatMap((issue) => {
    const path = [...above, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, schema));
    const inner = issue.code === 'invalid_union' ? meantGroup(issue.errors, valueAt(value, path)) : undefined;
    return inner ? findings(inner, path, schema, value) : [describe(issue, path, valueAt(value, path))];
  });
}

/** A misspelt key is the likelier reason when a whole group lacks something. */
function isFirstReason(issue: Issue, _index: number, all: readonly Issue[]): boolean {
  const same = (other: Issue) => formatPath(other.path as Path) === formatPath(issue.path as Path);
  return issue.code !== 'custom' || !all.some((other) => other.code === 'unrecognized_keys' && same(other));
}

/** Of a group or a list of groups where one may stand only what is wrong inside is told; undefined for anything else. */
function meantGroup(options: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | undefined {
  if (!isKeys(value) && !(Array.isArray(value) && value.some(isKeys))) return undefined;
  const groups = options.filter((issues) => issues.every(({ path, code }) => path.length > 0 || GROUP.includes(code)));
  return groups.length === 1 ? groups[0] : undefined;
}

/** What is found wrong of a whole group that is one. */
const GROUP: readonly Issue['code'][] = ['unrecognized_keys', 'custom'];

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
      return isSentence(issue, value) ? issue.message : `${show(value)} is not ${issue.message}`;
  }
}

/** Of lists and groups as a whole, and what says so itself. */
function isSentence(issue: Issue, value: unknown): boolean {
  return isKeys(value) || Array.isArray(value) || (issue.code === 'custom' && issue.params?.sentence === true);
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

function wanted(type: string): string {
  return WORDS[type] ?? type;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isKeys(value)) return 'a group of keys';
  if (typeof value === 'function') return 'a function';
  const text = String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}

/** The keys that a schema knows at a path. */
function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let current: readonly z.core.$ZodType[] = options(schema);
  for (const part of path) current = current.flatMap((option) => inside(option, part).flatMap(options));
  return current.flatMap(({ _zod: { def } }) =>
    def.type === 'object' ? Object.keys((def as z.core.$ZodObjectDef).shape) : [],
  );
}

function inside(schema: z.core.$ZodType, part: string | number): readonly z.core.$ZodType[] {
  const { def } = schema._zod;
  if (def.type === 'record') return [(def as z.core.$ZodRecordDef).valueType];
  if (def.type === 'array') return [(def as z.core.$ZodArrayDef).element];
  const found = def.type === 'object' ? (def as z.core.$ZodObjectDef).shape[part] : undefined;
  return found ? [found] : [];
}

/** Those of a union, else the schema itself; without what is around them. */
function options(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const def = schema._zod.def as {
    readonly innerType?: z.core.$ZodType;
    readonly options?: readonly z.core.$ZodType[];
  };
  if (def.innerType) return options(def.innerType);
  return def.options ? def.options.flatMap(options) : [schema];
}
