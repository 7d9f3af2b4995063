import { join, relative } from 'node:path';
import type { Problem } from '../core/errors.ts';
import { broken, type Document, type Flaw } from './document.ts';
import { parseDotenv } from './parse-dotenv.ts';
import { formatPath, isKeys } from './path.ts';
import { type ConfigFile, readText } from './read.ts';
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

/** An empty file is an empty configuration. */
function notKeys(document: Document): readonly Flaw[] {
  if (document.value === null || isKeys(document.value) || document.flaws.length > 0) return [];
  const position = document.at([], 'value');
  return [{ path: [], message: 'has to be a group of keys, such as `services:`', ...(position ? { position } : {}) }];
}

async function parse(path: string, file: ConfigFile, tier: string): Promise<Document> {
  const read = await readText(path);
  if ('problem' in read) return broken({ path: [], message: read.problem });
  if ('missing' in read) return broken({ path: [], message: "can't be read: it leads nowhere" });
  switch (file.format) {
    case 'yaml':
    case 'yml':
      return (await import('./parse-yaml.ts')).parseYaml(read.text);
    case 'json':
      return (await import('./parse-json.ts')).parseJson(read.text);
    case 'ts':
    case 'mjs':
      return (await import('./parse-module.ts')).parseModule(path, { tier });
    default:
      return file.format satisfies never;
  }
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
