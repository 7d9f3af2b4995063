import { join, relative } from 'node:path';
import type { Problem } from '../core/errors.ts';
import { broken, type Document, type Flaw } from './document.ts';
import { parseDotenv } from './parse-dotenv.ts';
import { formatPath, isKeys } from './path.ts';
import { type ConfigFile, type Found, readText } from './read.ts';
import type { DotenvFile } from './sources.ts';

/** A document and its file's bare name. */
export interface NamedDocument extends Document {
  readonly name: string;
}

/** Undefined when there is none that can be used; what is wrong goes into `problems`. */
export async function readDocument(
  found: Found,
  files: readonly ConfigFile[],
  tier: string,
  problems: Problem[],
): Promise<NamedDocument | undefined> {
  const [file, ...more] = files;
  if (!file) return undefined;
  if (more.length > 0) {
    const message = `there is also ${more.map((other) => other.name).join(' and ')}; keep one of them`;
    problems.push({ file: file.name, path: '', message });
    return undefined;
  }
  const document = await parse(join(found.root, file.name), file, tier);
  const flaws = document.flaws.length > 0 ? document.flaws : notKeys(document);
  for (const flaw of flaws) {
    const name = flaw.file === undefined ? file.name : relative(found.root, flaw.file);
    problems.push({ file: name, ...flaw.position, path: formatPath(flaw.path), message: flaw.message });
  }
  return flaws.length > 0 ? undefined : { ...document, name: file.name };
}

/** An empty file is an empty configuration. */
function notKeys(document: Document): readonly Flaw[] {
  if (document.value === null || isKeys(document.value)) return [];
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
