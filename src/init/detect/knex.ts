import { lineOf, matching } from '../files.ts';
import type { Finding } from '../finding.ts';
import { migration, ownerOf } from '../js/migration.ts';
import type { Detector } from './detector.ts';

const CLIENT = /\bclient\s*["']?:\s*["'](pg|postgres|postgresql|pg-native|cockroachdb)["']/;

/** knexfile.*: its client and its migrations. */
export const detectKnex: Detector = (files) =>
  matching(files, /(^|\/)knexfile\.(ts|js|mjs|cjs)$/).flatMap(({ name, text }): readonly Finding[] => {
    const line = lineOf(text, CLIENT);
    if (line === undefined) return [];
    const owner = ownerOf(files, name);
    const own = owner && owner.folder !== '.' ? name.slice(owner.folder.length + 1) : name;
    const usual = /^knexfile\.\w+$/.test(own);
    const tool = {
      line: `knex migrate:latest${usual ? '' : ` --knexfile ${own}`}`,
      evidence: { file: name, what: 'settings of knex' },
    };
    return [
      { kind: 'need', engine: 'postgres', evidence: { file: name, line, what: 'client pg' } },
      ...(owner?.dependsOn('knex') ? [migration(files, owner, tool)] : []),
    ];
  });
