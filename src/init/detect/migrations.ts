import { lineAt, matching, type TextFile } from '../files.ts';
import { type Finding, note } from '../finding.ts';
import type { Detector } from './detector.ts';

const SQL = /create\s+extension\s+(if\s+not\s+exists\s+)?\\?["'`]?([a-z][a-z0-9_-]*)/gi;
const RAILS = /^[ \t]*enable_extension\s*\(?\s*["'](?:pg_catalog\.)?([a-z][a-z0-9_-]*)["']/gm;
const DJANGO = /\b(Trigram|Unaccent|CIText|Crypto|HStore|BtreeGin|BtreeGist|Vector)Extension\(/g;
const DJANGO_NAMES: Readonly<Record<string, string>> = {
  Trigram: 'pg_trgm',
  Unaccent: 'unaccent',
  CIText: 'citext',
  Crypto: 'pgcrypto',
  HStore: 'hstore',
  BtreeGin: 'btree_gin',
  BtreeGist: 'btree_gist',
  Vector: 'vector',
};
const WHERE =
  /\.sql$|(^|\/)(migrations?|migrate|drizzle|alembic|versions)\/.*\.(py|rb|[cm]?[jt]s)$|(^|\/)db\/schema\.rb$/;
/** It is in every database. */
const BUILT_IN = 'plpgsql';

/** Extensions of Postgres that migrations and schemas create. */
export const detectMigrations: Detector = (files) => {
  const found = matching(files, WHERE).flatMap(extensionsIn);
  const names = new Set<string>();
  // Each once, where it is first seen.
  return found.filter((finding) => {
    const name = finding.kind === 'detail' ? finding.value : finding.evidence.what;
    return !names.has(name) && names.add(name);
  });
};

function extensionsIn({ name: file, text }: TextFile): readonly Finding[] {
  const at = (index: number, what: string) => ({ file, line: lineAt(text, index), what });
  const sql = [...withoutComments(text).matchAll(SQL)].flatMap(
    ({ index, 1: guarded, 2: name = '' }): readonly Finding[] => {
      if (name === BUILT_IN) return [];
      const evidence = at(index, `create extension ${name}`);
      // It would fail on an extension that is there already.
      if (guarded === undefined) return [note(`${name} is left to this, which has no "if not exists"`, evidence)];
      return [detail(name, evidence)];
    },
  );
  const rails = [...text.matchAll(RAILS)]
    .filter(([, name]) => name !== BUILT_IN)
    .map(({ index, 1: name = '' }) => detail(name, at(index + 1, `enable_extension ${name}`)));
  const django = [...text.matchAll(DJANGO)].flatMap(({ index, 0: call, 1: kind = '' }) => {
    const name = DJANGO_NAMES[kind];
    return name === undefined ? [] : [detail(name, at(index, `${call.slice(0, -1)}`))];
  });
  return [...sql, ...rails, ...django];
}

/** As long as before, so that lines stay where they are. */
function withoutComments(text: string): string {
  return text.replace(/--.*/g, (comment) => ' '.repeat(comment.length));
}

function detail(value: string, evidence: Finding['evidence']): Finding {
  return { kind: 'detail', engine: 'postgres', key: 'extension', value: value.toLowerCase(), evidence };
}
