import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
  type YAMLMap,
  type Document as YamlDocument,
} from 'yaml';
import { messageOf } from '../core/errors.ts';
import { broken, type Document, type Flaw, type Part, type Position } from './document.ts';
import { twice } from './parse-json.ts';
import { isEnvPath, type Path } from './path.ts';
import { notPlain } from './plain.ts';

/** YAML 1.2 with merge keys. This module is imported only for such a file: others shouldn't pay for the library. */
export function parseYaml(text: string): Document {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    merge: true,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  // One mistake makes several errors; the first is the one to mend.
  const error = document.errors[0] ?? document.warnings[0];
  if (error) return broken(syntaxFlaw(error, text, lines));

  const file: File = { document, lines };
  const flaws = prepare(file);
  if (flaws.length > 0) return broken(...flaws);
  return read(file);
}

interface File {
  readonly document: YamlDocument.Parsed;
  readonly lines: LineCounter;
}

function read(file: File): Document {
  const at = (path: Path, part: Part) => positionOf(file, path, part);
  try {
    // A limit on aliases: a few lines of nested ones can stand for billions of values.
    const value: unknown = file.document.toJS({ maxAliasCount: 100 });
    return { value, at, flaws: notPlain(value).map((flaw) => ({ ...flaw, position: at(flaw.path, 'key') })) };
  } catch (error) {
    return broken({ path: [], message: messageOf(error) });
  }
}

function syntaxFlaw(error: YAMLError, text: string, lines: LineCounter): Flaw {
  const position = at(lines, error.pos[0]);
  const line = text.split('\n')[position.line - 1] ?? '';
  return { path: [], message: `${error.message.replaceAll('\n', ' ')}${hint(error, line)}`, position };
}

function hint(error: YAMLError, line: string): string {
  if (error.code === 'UNEXPECTED_TOKEN' && line.includes('${')) return '; inside { } put quotes around "${…}"';
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY') return '; put quotes around a text that contains ": "';
  if (error.code === 'TAB_AS_INDENT') return '; use spaces';
  return '';
}

/** Finds keys that are given twice and aliases of nothing. On the way, values of `env:` get back the text they were written as, such as `007`. */
function prepare({ document, lines }: File): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const visit = (node: unknown, path: Path): void => {
    if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    if (isScalar(node) && isEnvPath(path) && ['number', 'bigint'].includes(typeof node.value)) node.value = node.source;
    if (isAlias(node) && !node.resolve(document)) {
      flaws.push({
        path,
        message: `nothing before it is marked &${node.source}`,
        position: at(lines, node.range?.[0] ?? 0),
      });
    }
    if (!isMap(node)) return;
    const first = new Map<string, number>();
    for (const { key, value } of node.items as Pair<Node, Node>[]) {
      const name = isScalar(key) ? String(key.value) : '';
      const position = at(lines, key.range?.[0] ?? 0);
      const before = first.get(name);
      if (before !== undefined && name !== '<<')
        flaws.push({ path: [...path, name], message: twice(name, before), position });
      first.set(name, before ?? position.line);
      visit(value, [...path, name]);
    }
  };
  visit(document.contents, []);
  return flaws;
}

function positionOf(file: File, path: Path, part: Part): Position | undefined {
  let node: unknown = file.document.contents;
  let found: Node | undefined = isNode(node) ? node : undefined;
  for (const step of path) {
    node = resolve(file, node);
    const pair = isMap(node) ? pairOf(file, node, String(step)) : undefined;
    node = pair?.value ?? (isSeq(node) ? node.items[Number(step)] : undefined);
    if (pair) found = part === 'key' || !hasText(pair.value) ? pair.key : pair.value;
    else if (isNode(node)) found = node;
    else return undefined;
  }
  return found?.range ? at(file.lines, found.range[0]) : undefined;
}

/** A value that isn't there, as in `key:`, stands where the next line begins. */
function hasText(node: Node | null): node is Node {
  return node?.range !== undefined && node.range !== null && node.range[1] > node.range[0];
}

/** The pair of a key, also when a merge key (`<<: *base`) brings it in. */
function pairOf(file: File, map: YAMLMap, key: string): Pair<Node, Node | null> | undefined {
  const pairs = map.items as Pair<Node, Node | null>[];
  const own = pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
  if (own) return own;
  const merged = pairs.filter((pair) => isScalar(pair.key) && String(pair.key.value) === '<<');
  for (const source of merged.map((pair) => resolve(file, pair.value))) {
    const maps: unknown[] = isSeq(source) ? source.items.map((item) => resolve(file, item)) : [source];
    for (const candidate of maps) {
      const found = isMap(candidate) ? pairOf(file, candidate, key) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function resolve({ document }: File, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function at(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
