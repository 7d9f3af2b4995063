import { Document, isMap, isScalar, isSeq, Pair, Scalar, YAMLMap } from 'yaml';
import type { Block, Draft } from './draft/draft.ts';
import { type Evidence, formatEvidence, type Line } from './finding.ts';

const HEAD = ` Written by devenv init. Beside each line stands what it is based on; all of it may be changed.
 devenv config --explain shows what counts, devenv up --dry-run what would be started.`;

const DATA = ' What an empty database begins with and devenv reset goes back to; the process applies what comes later.';

const MOCKS =
  ' They answer in place of the providers, with keys of their own: no call leaves this machine or costs anything.';

/** The configuration as a file that a person goes on with. */
export function render(draft: Draft): string {
  const top = new YAMLMap<Scalar, unknown>();
  if (draft.name) top.add(pairOf(draft.name));
  addBlocks(top, 'services', draft.services);
  addLines(top, 'data', draft.data, DATA);
  addBlocks(top, 'processes', draft.processes);
  addLines(top, 'env', draft.env);
  addLines(top, 'mocks', draft.mocks, MOCKS);
  const document = new Document(top);
  document.commentBefore = HEAD;
  document.comment = [...unsetComment(draft), ...emptyComment(draft)].join('\n') || null;
  if (top.items.length === 0) return `${comment(HEAD)}\n${comment(document.comment ?? '')}\n`;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function comment(text: string): string {
  return text
    .split('\n')
    .map((line) => `#${line}`.trimEnd())
    .join('\n');
}

function addBlocks(top: YAMLMap<Scalar, unknown>, key: string, blocks: readonly Block[]): void {
  if (blocks.length === 0) return;
  const map = new YAMLMap<Scalar, unknown>();
  for (const block of blocks) {
    const lines = mapOf(block.lines);
    const name = new Scalar(block.name);
    const because = basedOn(block.because);
    if (because !== undefined) name.commentBefore = because.map((line) => ` ${line}`).join('\n');
    map.add(new Pair(name, lines));
  }
  add(top, key, map);
}

function addLines(top: YAMLMap<Scalar, unknown>, key: string, lines: readonly Line[], words?: string): void {
  if (lines.length > 0) add(top, key, mapOf(lines), words);
}

function add(top: YAMLMap<Scalar, unknown>, key: string, value: YAMLMap<Scalar, unknown>, words?: string): void {
  const name = new Scalar(key);
  if (words !== undefined) name.commentBefore = words;
  name.spaceBefore = top.items.length > 0;
  top.add(new Pair(name, value));
}

function mapOf(lines: readonly Line[]): YAMLMap<Scalar, unknown> {
  const map = new YAMLMap<Scalar, unknown>();
  for (const line of lines) map.add(pairOf(line));
  return map;
}

/** The comment stands behind a short value, and above one of several lines. */
function pairOf({ key, value, because, inner }: Line): Pair<Scalar, unknown> {
  const name = new Scalar(key);
  const node = inner ? mapOf(inner) : new Document(value).contents;
  const words = basedOn(because)?.map((line) => ` ${line}`);
  if (isMap(node)) {
    if (words) name.commentBefore = words.join('\n');
  } else if (node) {
    if (isSeq(node)) node.flow = true;
    if (words) node.comment = words.join(',');
  }
  if (isScalar(node) && typeof node.value === 'string' && /^\d/.test(node.value)) node.type = 'QUOTE_DOUBLE';
  return new Pair(name, node);
}

/** At most a few: the rest says the same again. */
const ENOUGH = 3;

function basedOn(because: readonly Evidence[]): readonly string[] | undefined {
  if (because.length === 0) return undefined;
  const shown = because.slice(0, ENOUGH).map((one) => plainLine(formatEvidence(one)));
  return because.length > ENOUGH ? [...shown, `and ${because.length - ENOUGH} more`] : shown;
}

/** Names of files and scripts may hold anything; a comment is one line. */
function plainLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 200);
}

function unsetComment({ unset }: Draft): readonly string[] {
  if (unset.length === 0) return [];
  const files = [...new Set(unset.map(({ evidence }) => evidence.file ?? ''))].map(plainLine).join(', ');
  const lines = [` Also named in ${files}; give them values in .env, which stays out of git, or here:`];
  for (const { name } of unset) {
    const last = lines.at(-1) ?? '';
    if (lines.length === 1 || last.length + name.length > 110) lines.push(`   ${name}`);
    else lines[lines.length - 1] = `${last}, ${name}`;
  }
  return lines;
}

const EXAMPLE = ` Nothing was found here that tells how this project runs. It might look like this:

 services:
   db: { engine: postgres, version: "17" }
 processes:
   web: { command: npm run dev, port: 3000, needs: [db] }
 env:
   DATABASE_URL: \${db.url}`;

function emptyComment({ services, processes }: Draft): readonly string[] {
  return services.length + processes.length === 0 ? [EXAMPLE] : [];
}
