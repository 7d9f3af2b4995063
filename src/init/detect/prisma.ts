import { folderOf, inFolder, lineOf, matching, type ProjectFiles, type TextFile } from '../files.ts';
import { type Finding, note } from '../finding.ts';
import { migration, ownerOf } from '../js/migration.ts';
import type { Detector } from './detector.ts';

const PROVIDER = /^[ \t]*provider\s*=\s*"([\w-]+)"/m;
const ENV = /^[ \t]*(?:url|directUrl)\s*=\s*env\("(\w+)"\)/gm;
const EXTENSIONS = /^[ \t]*extensions\s*=\s*\[([^\]]*)\]/m;

/** schema.prisma: the database, the variables with its URL, its extensions, and how it is brought up to date. */
export const detectPrisma: Detector = (files) =>
  matching(files, /\.prisma$/).flatMap((file) => detectSchema(files, file));

function detectSchema(files: ProjectFiles, { name, text }: TextFile): readonly Finding[] {
  const block = /^[ \t]*datasource\s+\w+\s*\{[^}]*\}/m.exec(text);
  const source = block?.[0];
  const provider = source && PROVIDER.exec(source)?.[1];
  if (!source || !provider) return [];
  const at = (pattern: RegExp, what: string) => {
    const line = lineOf(text, pattern);
    return { file: name, ...(line === undefined ? {} : { line }), what };
  };
  const seen = at(/provider\s*=\s*"(postgres|mysql|mongodb|sqlite|sqlserver|cockroach)/, `provider ${provider}`);
  if (!['postgresql', 'postgres'].includes(provider)) {
    return provider === 'sqlite' ? [] : [note(`${provider} is no engine of devenv's`, seen)];
  }
  const variables = [...source.matchAll(ENV)].map(([, variable = '']) => variable);
  return [
    { kind: 'need', engine: 'postgres', evidence: seen },
    ...variables.map((variable): Finding => {
      const evidence = at(new RegExp(`env\\("${variable}"\\)`), `env("${variable}")`);
      return { kind: 'variable', name: variable, example: 'postgres://', listed: true, part: folderOf(name), evidence };
    }),
    ...extensionsOf(source).map((value): Finding => {
      return { kind: 'detail', engine: 'postgres', key: 'extension', value, evidence: at(EXTENSIONS, 'extensions') };
    }),
    ...migrationOf(files, name),
  ];
}

/** `[vector, pgcrypto(schema: "public"), uuid_ossp(map: "uuid-ossp")]` */
function extensionsOf(source: string): readonly string[] {
  const list = EXTENSIONS.exec(source)?.[1] ?? '';
  return [...list.matchAll(/([\w-]+)(?:\(([^)]*)\))?/g)].map(
    ([, name = '', options = '']) => /map:\s*"([^"]+)"/.exec(options)?.[1] ?? name,
  );
}

function migrationOf(files: ProjectFiles, schema: string): readonly Finding[] {
  const owner = ownerOf(files, schema);
  if (!owner?.dependsOn('prisma')) return [];
  const folders = [inFolder(folderOf(schema), 'migrations/'), inFolder(owner.folder, 'prisma/migrations/')];
  const first = files.names.find((file) => folders.some((folder) => file.startsWith(folder)));
  const own = schema.slice(owner.folder === '.' ? 0 : owner.folder.length + 1);
  const usual = ['prisma/schema.prisma', 'schema.prisma'].includes(own) || owner.data.value.prisma !== undefined;
  const where = usual ? '' : ` --schema ${own}`;
  const evidence = first ? { file: folderOf(folderOf(first)), what: 'its migrations' } : owner.dependency('prisma');
  // Without migrations the schema itself is what the database is made from.
  return [
    migration(files, owner, { line: first ? `prisma migrate deploy${where}` : `prisma db push${where}`, evidence }),
  ];
}
