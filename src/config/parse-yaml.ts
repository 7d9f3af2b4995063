import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
  type Document as YamlDocument,
} from 'yaml';
import { messageOf } from '../core/errors.ts';
import { broken, type Document, type Flaw, type Lines, type Part, type Position } from './document.ts';
import { twice } from './parse-json.ts';
import { isEnvPath, isGroupPath, type Path } from './path.ts';
import { toPlain } from './plain.ts';

/** The library takes minutes for thousands of brackets within each other. */
const MAX_BRACKETS = 100;

/** YAML 1.2 with merge keys. This module is imported only for such a file: others shouldn't pay for the library. */
export function parseYaml(text: string): Document {
  if (bracketDepth(text) > MAX_BRACKETS) return broken({ path: [], message: 'nested too deeply' });
  const lines = new LineCounter();
  return readDocument(parseDocument(text, { ...OPTIONS, lineCounter: lines }), text, lines);
}

/** Every document of a text in which `---` begins another one, as Compose reads its files. */
export function parseYamls(text: string): readonly Document[] {
  if (bracketDepth(text) > MAX_BRACKETS) return [parseYaml(text)];
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { ...OPTIONS, lineCounter: lines });
  return 'empty' in documents ? [] : documents.map((document) => readDocument(document, text, lines));
}

const OPTIONS = { merge: true, stringKeys: true, uniqueKeys: false, prettyErrors: false } as const;

function readDocument(document: YamlDocument.Parsed, text: string, lines: LineCounter): Document {
  const syntax = syntaxFlaws(document, text, lines);
  const file: File = { document, lines };
  return read(file, [...syntax.flaws, ...prepare(file)], syntax.unclear);
}

function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth = Math.max(0, depth + ('[{'.includes(bracket) ? 1 : -1));
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

interface File {
  readonly document: YamlDocument.Parsed;
  readonly lines: LineCounter;
}

function read(file: File, flaws: readonly Flaw[], unclear: readonly Lines[]): Document {
  const at = (path: Path, part: Part) => positionOf(file, path, part);
  try {
    // A limit on aliases: a few lines of nested ones can stand for billions of values.
    const { value, flaws: more } = toPlain(file.document.toJS({ maxAliasCount: 100 }));
    const placed = more.map((flaw) => ({ ...flaw, position: at(flaw.path, 'key') }));
    return { value, at, unclear, flaws: [...flaws, ...placed] };
  } catch (error) {
    return broken(...flaws, { path: [], message: messageOf(error) });
  }
}

/** Mistakes within a line or a bracket: the parser knows how to go on, and what follows means what it seems to. */
const CONTAINED = ['BAD_SCALAR_START', 'BLOCK_AS_IMPLICIT_KEY', 'TAG_RESOLVE_FAILED'];

/**
 * One mistake makes several errors on its line, and one that breaks the structure some for all that follows: of those
 * only the first is told.
 */
function syntaxFlaws(document: YamlDocument.Parsed, text: string, lines: LineCounter) {
  const flaws: Flaw[] = [];
  const unclear: Lines[] = [];
  for (const error of [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])) {
    const position = at(lines, startOf(error, document));
    if (unclear.some(([from, to]) => from <= position.line && position.line <= to)) continue;
    const line = text.split('\n')[position.line - 1] ?? '';
    flaws.push({ path: [], message: `${wordsOf(error)}${hint(error, line)}`, position });
    const contained = CONTAINED.includes(error.code) || openBracket(error) !== null;
    unclear.push([position.line, contained ? position.line : Number.POSITIVE_INFINITY]);
  }
  return { flaws, unclear };
}

/** The library's own words are for whoever writes a program with it. */
function wordsOf(error: YAMLError): string {
  if (error.code === 'MULTIPLE_DOCS') return 'a second document begins with `---`; keep one';
  const bracket = openBracket(error);
  if (bracket !== null) return `a \`${bracket}\` is missing before this line`;
  return error.message.replaceAll('\n', ' ');
}

/** What should have closed a group in brackets that runs into the next line. */
function openBracket({ message }: YAMLError): string | null {
  return /^Flow .* end with a ([}\]])/.exec(message)?.[1] ?? null;
}

/** An open quote is noticed at the end of the file; the place to mend is where it begins. */
function startOf(error: YAMLError, document: YamlDocument.Parsed): number {
  let [start] = error.pos;
  if (error.code !== 'MISSING_CHAR') return start;
  visit(document, {
    Scalar: (_key, { range }) => {
      if (range && range[0] < start && range[1] >= start) [start] = range;
    },
  });
  return start;
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
  const prepareNode = (node: unknown, path: Path): void => {
    if (isSeq(node)) for (const [index, item] of node.items.entries()) prepareNode(item, [...path, index]);
    if (isScalar(node) && isEnvPath(path) && ['number', 'bigint'].includes(typeof node.value)) node.value = node.source;
    if (isAlias(node) && !node.resolve(document)) {
      const position = at(lines, node.range?.[0] ?? 0);
      flaws.push({ path, message: `nothing before it is marked &${node.source}`, position });
    }
    if (!isMap(node)) return;
    const first = new Map<string, { readonly line: number; readonly value: Node | null }>();
    for (const { key, value } of node.items as Pair<Node, Node>[]) {
      const name = isScalar(key) ? String(key.value) : '';
      const inner = [...path, name];
      const position = at(lines, key.range?.[0] ?? 0);
      const before = first.get(name);
      prepareNode(value, inner);
      first.set(name, { line: before?.line ?? position.line, value });
      if (!before || name === '<<') continue;
      flaws.push(twice(inner, before.line, position));
      if (isGroupPath(inner) && isMap(before.value) && isMap(value))
        value.items = [...before.value.items, ...value.items];
    }
  };
  prepareNode(document.contents, []);
  // Without those of nothing, the rest can be read.
  visit(document, { Alias: (_key, alias) => (alias.resolve(document) ? undefined : visit.REMOVE) });
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
  // Of several the last one counts.
  const own = pairs.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === key);
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
