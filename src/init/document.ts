import { parse as parseTomlText, type TomlError } from 'smol-toml';
import { type Document, type Position, whyUnclear } from '../config/document.ts';
import { parseJson } from '../config/parse-json.ts';
import { parseYaml } from '../config/parse-yaml.ts';
import { isKeys, type Keys, type Path } from '../config/path.ts';
import type { TextFile } from './files.ts';
import { type NoteFinding, note } from './finding.ts';

/** Somebody's file as data; what can't be read of it is said and passed over. */
export interface Data {
  readonly name: string;
  readonly value: Keys;
  /** Undefined where lines aren't known. */
  lineOf(path: Path): number | undefined;
}

export type Parsed = { readonly data: Data } | { readonly problem: NoteFinding };

export function jsonData(file: TextFile): Parsed {
  return data(file, () => parseJson(file.text));
}

export function yamlData(file: TextFile): Parsed {
  return data(file, () => parseYaml(file.text));
}

export function tomlData(file: TextFile): Parsed {
  return data(file, () => parseToml(file.text));
}

export function dataOf(parsed: readonly Parsed[]): readonly Data[] {
  return parsed.flatMap((one) => ('data' in one ? [one.data] : []));
}

export function problemsOf(parsed: readonly Parsed[]): readonly NoteFinding[] {
  return parsed.flatMap((one) => ('problem' in one ? [one.problem] : []));
}

function data({ name }: TextFile, parse: () => Document): Parsed {
  const document = parse();
  const { value, flaws, at } = document;
  const [flaw] = flaws;
  if (!isKeys(value) || whyUnclear(document)) {
    return { problem: notRead(name, flaw?.message ?? 'it is no group of keys', flaw?.position) };
  }
  return { data: { name, value, lineOf: (path) => at(path, 'key')?.line } };
}

function notRead(name: string, why: string, position: Position | undefined): NoteFinding {
  const line = position ? { line: position.line } : {};
  return note('left out, it could not be understood', { file: name, ...line, what: why });
}

/** The library tells no places: those of tables and keys are looked up by what stands in the text. */
function parseToml(text: string): Document {
  try {
    return { value: parseTomlText(text), flaws: [], at: () => undefined };
  } catch (error) {
    const { line, column, message } = error as TomlError;
    const [words = 'it is no TOML'] = message.split('\n');
    const flaw = { path: [], message: words, ...(line === undefined ? {} : { position: { line, column } }) };
    return { value: undefined, flaws: [flaw], at: () => undefined };
  }
}
