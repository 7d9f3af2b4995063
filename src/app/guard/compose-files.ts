import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Document, whyUnclear } from '../../config/document.ts';
import { parseDotenv } from '../../config/parse-dotenv.ts';
import { parseYamls } from '../../config/parse-yaml.ts';
import { isKeys } from '../../config/path.ts';
import { readText } from '../../config/read.ts';
import { type FoundKey, scanText } from '../../core/guard/scan.ts';
import { interpolated, type Lookup } from '../../init/compose/values.ts';
import { composeNames, type OtherCompose } from './compose-names.ts';
import { type GuardFailure, guardFailure, nameOf } from './report.ts';

/** What Compose gives to containers besides the text of a compose file, which is scanned as any other's. */
export interface Composed {
  /** The compose file; absolute. */
  readonly by: string;
  /** Absolute, wherever they lie: contents for containers, and other compose files. */
  readonly files: readonly string[];
  /** Keys that the shell has, with the compose file that asks for them. */
  readonly keys: readonly ShellKey[];
  readonly failures: readonly GuardFailure[];
}

export interface ShellKey {
  /** As git would call it. */
  readonly file: string;
  readonly key: FoundKey;
}

export function isComposeFile(name: string): boolean {
  return /(?:^|\/)(?:docker-)?compose(?:[.-][^/]*)?\.ya?ml$/.test(name);
}

/** A compose file that is to be read. */
interface Task {
  readonly path: string;
  /** What the paths in it start from. */
  readonly folder: string;
  readonly lookup: Lookup;
}

/** Follows a compose file and those that it includes or extends. */
export async function followCompose(top: string, path: string): Promise<Composed> {
  const tasks = [await taskOf(path, dirname(path), () => undefined)];
  const read: (Composed & { readonly others: readonly Task[] })[] = [];
  for (const task of tasks) {
    const one = await readCompose(top, task);
    read.push(one);
    for (const other of one.others) if (tasks.every((known) => known.path !== other.path)) tasks.push(other);
  }
  return {
    by: path,
    files: [...read.flatMap(({ files }) => files), ...tasks.slice(1).map((task) => task.path)],
    keys: read.flatMap(({ keys }) => keys),
    failures: read.flatMap(({ failures }) => failures),
  };
}

async function readCompose(top: string, { path, folder, lookup }: Task): Promise<Composed & { others: Task[] }> {
  const read = await readText(path);
  const name = nameOf(top, path);
  const failures: GuardFailure[] = [];
  const fail = (why: string): void => void failures.push(guardFailure(name, why));
  const pathOf = (given: string): readonly string[] => {
    const known = interpolated(given, lookup);
    if (known === undefined) fail(`which file ${given} is can't be told: a variable in it has no value`);
    return known === undefined ? [] : [resolve(folder, known.replace(/^~(?=\/)/, homedir()))];
  };
  if ('problem' in read) fail(read.problem);
  const text = 'text' in read ? read.text : '';
  const documents = parseYamls(text);
  for (const why of documents.flatMap((document) => whyNot(document) ?? [])) fail(`it can't be understood: ${why}`);
  const named = documents.map(({ value }) => composeNames(value));
  return {
    files: named.flatMap(({ contents }) => contents.flatMap(pathOf)),
    keys: named
      .flatMap(({ variables }) => variables.flatMap((one) => shellKeys(one, text)))
      .map((key) => ({ file: name, key })),
    others: (
      await Promise.all(named.flatMap(({ composed }) => composed.map((one) => tasksOf(one, pathOf, lookup))))
    ).flat(),
    failures,
    by: path,
  };
}

/** A document without anything says nothing, which can be understood. */
function whyNot(document: Document): string | undefined {
  const isKnown = isKeys(document.value) || document.value === null;
  return (
    whyUnclear(document)?.message ?? (isKnown ? undefined : (document.flaws[0]?.message ?? 'it is no group of keys'))
  );
}

async function tasksOf(
  { paths, folder }: OtherCompose,
  pathOf: (given: string) => readonly string[],
  lookup: Lookup,
): Promise<readonly Task[]> {
  const files = paths.flatMap(pathOf);
  const start = folder === null ? dirname(files[0] ?? '') : pathOf(folder)[0];
  return start === undefined ? [] : Promise.all(files.map((file) => taskOf(file, start, lookup)));
}

/** Compose reads the `.env` of the folder for this, and the shell's variables and those of an including file before it. */
async function taskOf(path: string, folder: string, above: Lookup): Promise<Task> {
  const read = await readText(join(folder, '.env'));
  const beside = new Map('text' in read ? parseDotenv(read.text).map(({ name, value }) => [name, value]) : []);
  return { path, folder, lookup: (name) => process.env[name] ?? above(name) ?? beside.get(name) };
}

/** With the line that asks for them. */
function shellKeys(variable: string, text: string): readonly FoundKey[] {
  const [before = ''] = text.split(new RegExp(`\\b${variable.replace(/\W/g, '\\$&')}\\b`), 1);
  const line = before.split('\n').length;
  return scanText(process.env[variable] ?? '').keys.map((key) => ({ ...key, line, variable }));
}
