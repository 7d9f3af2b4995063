import { join, relative } from 'node:path';
import type { Problem } from '../core/errors.ts';
import { broken, type Document, type Flaw } from './document.ts';
import { parseDotenv } from './parse-dotenv.ts';
import { formatPath, isKeys } from './path.ts';
import { type ConfigFile, type ReadResult, readText } from './read.ts';
import type { DotenvFile } from './sources.ts';

/** A document and its file's bare name. */
export interface NamedDocument extends Document {
  readonly name: string;
}

/** `files` are those of one kind, of which there may be one only. */
export async function readDocument(root: string, files: readonly ConfigFile[], tier: string): Promise<NamedDocument> {
  const [file, ...more] = files;
  if (!file) throw new Error('no file to read a configuration from');
  const others = more.map((other) => other.name).join(' and ');
  const document =
    others === ''
      ? await parse(join(root, file.name), file, tier)
      : broken({ path: [], message: `there is also ${others}; keep one of them` });
  return { ...document, name: file.name, flaws: [...document.flaws, ...notKeys(document)] };
}

export function flawsOf({ name, flaws }: NamedDocument, root: string): readonly Problem[] {
  return flaws.map((flaw) => ({
    file: flaw.file === undefined ? name : relative(root, flaw.file),
    ...flaw.position,
    path: formatPath(flaw.path),
    message: flaw.message,
  }));
}

/** Of what was found next to flaws all that is at another spot, and in lines of which it is clear what they mean. */
export function besideFlaws(
  found: readonly Problem[],
  flaws: readonly Problem[],
  documents: readonly NamedDocument[],
): readonly Problem[] {
  const flawed = new Set(flaws.map(spot));
  const clear = found.filter((problem) => documents.every((document) => !isUnclear(problem, document)));
  return clear.filter((problem) => !flawed.has(spot(problem)));
}

/** One spot, one message: what can't be read has no right value either. */
function spot({ file, line, column, path }: Problem): string {
  return JSON.stringify(line === undefined ? [file, path] : [file, line, column]);
}

function isUnclear({ file, line }: Problem, { name, unclear = [] }: NamedDocument): boolean {
  return file === name && line !== undefined && unclear.some(([from, to]) => from <= line && line <= to);
}

/** An empty file is an empty configuration. */
export function notKeys(document: Document, example = 'services'): readonly Flaw[] {
  if (document.value === null || isKeys(document.value) || document.flaws.length > 0) return [];
  const position = document.at([], 'value');
  return [
    { path: [], message: `has to be a group of keys, such as \`${example}:\``, ...(position ? { position } : {}) },
  ];
}

async function parse(path: string, file: ConfigFile, tier: string): Promise<Document> {
  switch (file.format) {
    case 'yaml':
    case 'yml':
    case 'json':
      return parseData(path, file.format);
    case 'ts':
    case 'mjs':
      return (await unreadable(path)) ?? (await import('./parse-module.ts')).parseModule(path, { tier });
    default:
      return file.format satisfies never;
  }
}

/** Said before a program is run: what a loader says of a file that can't be read is for programmers. */
export async function unreadable(path: string): Promise<Document | undefined> {
  const read = await readText(path);
  return 'text' in read ? undefined : unread(read);
}

function unread(read: Exclude<ReadResult, { text: string }>): Document {
  return broken({ path: [], message: 'problem' in read ? read.problem : "can't be read: it leads nowhere" });
}

/** A file that is read, not run. */
export async function parseData(path: string, format: 'yaml' | 'yml' | 'json'): Promise<Document> {
  const read = await readText(path);
  if (!('text' in read)) return unread(read);
  if (format === 'json') return (await import('./parse-json.ts')).parseJson(read.text);
  return (await import('./parse-yaml.ts')).parseYaml(read.text);
}

export async function readDotenvFiles(root: string, problems: Problem[]): Promise<readonly DotenvFile[]> {
  const files: DotenvFile[] = [];
  for (const name of ['.env', '.env.local'] as const) {
    const read = await readText(join(root, name));
    if ('problem' in read) problems.push({ file: name, path: '', message: read.problem });
    if ('text' in read) files.push({ name, entries: parseDotenv(read.text) });
  }
  return files;
}
