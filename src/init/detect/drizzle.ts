import { folderOf, inFolder, lineAt, lineOf, matching, type ProjectFiles, type TextFile } from '../files.ts';
import type { Finding } from '../finding.ts';
import { migration, ownerOf } from '../js/migration.ts';
import type { Detector } from './detector.ts';

const DIALECT = /\b(?:dialect|driver)\s*["']?:\s*["'](postgresql|postgres|pg)["']/;

/** drizzle.config.*: its dialect, the folder of its migrations. */
export const detectDrizzle: Detector = (files) =>
  matching(files, /(^|\/)drizzle\.config\.(ts|js|mjs|cjs|json)$/).flatMap((file) => detectConfig(files, file));

function detectConfig(files: ProjectFiles, { name, text }: TextFile): readonly Finding[] {
  const line = lineOf(text, DIALECT);
  if (line === undefined) return [];
  const owner = ownerOf(files, name);
  const out = /\bout\s*["']?:\s*["'](?:\.\/)?([^"']+?)\/?["']/.exec(text);
  const folder = inFolder(folderOf(name), out?.[1] ?? 'drizzle');
  const migrated = files.names.some((file) => file.startsWith(`${folder}/`) && file.endsWith('.sql'));
  const evidence = migrated
    ? { file: name, ...(out ? { line: lineAt(text, out.index) } : {}), what: `migrations in ${folder}` }
    : { file: name, line, what: 'a schema without migrations' };
  const tool = { line: migrated ? 'drizzle-kit migrate' : 'drizzle-kit push --force', evidence };
  return [
    { kind: 'need', engine: 'postgres', evidence: { file: name, line, what: 'dialect postgresql' } },
    ...(owner?.dependsOn('drizzle-kit') ? [migration(files, owner, tool)] : []),
  ];
}
