import { lineOf } from '../files.ts';
import type { Finding } from '../finding.ts';
import { migration, ownerOf } from '../js/migration.ts';
import { sourcesOf } from '../sources.ts';
import type { Detector } from './detector.ts';

const TYPE = /\btype\s*["']?:\s*["'](postgres|aurora-postgres)["']/;

/** TypeORM's data source, wherever in the code it is. */
export const detectTypeorm: Detector = (files) => {
  const candidates = sourcesOf(files, /\.[cm]?[jt]s$/).filter(({ text }) => TYPE.test(text) && /typeorm/i.test(text));
  return candidates.flatMap(({ name, text }): readonly Finding[] => {
    const owner = ownerOf(files, name);
    if (!owner?.dependsOn('typeorm')) return [];
    const line = lineOf(text, TYPE);
    const seen = { file: name, ...(line === undefined ? {} : { line }) };
    const need: Finding = { kind: 'need', engine: 'postgres', evidence: { ...seen, what: 'type postgres' } };
    if (!/new\s+DataSource\s*\(/.test(text) || !/\bmigrations\b/.test(text)) return [need];
    const own = owner.folder === '.' ? name : name.slice(owner.folder.length + 1);
    const program = /\.[cm]?ts$/.test(name) ? 'typeorm-ts-node-commonjs' : 'typeorm';
    const tool = {
      line: `${program} migration:run -d ${own}`,
      evidence: { ...seen, what: 'a data source with migrations' },
    };
    return [need, migration(files, owner, tool)];
  });
};
