import type { ProjectFiles } from '../files.ts';
import { type Evidence, type ProcessFinding, Rank } from '../finding.ts';
import { managerOf, word } from './manager.ts';
import { type Package, packagesOf } from './packages.ts';

const SCRIPTS =
  /^(?:(?:db|prisma|drizzle|knex|typeorm|database)[:-])?(?:migrate|migrations?)(?:[:-](?:deploy|run|up|latest|prod))?$|^db[:-]deploy$/;
/** These ask questions, write new migrations or start over: nothing for every start. */
const UNFIT = /migrate dev\b|migrate reset|\bgenerate\b|migrate:make|\bcreate\b|rollback/;

/** The script of the package that brings the database up to date, if it has one. */
export function migrationScript(one: Package): string | undefined {
  const fit = [...one.scripts].filter(([name, text]) => SCRIPTS.test(name) && !UNFIT.test(text));
  return fit.map(([name]) => name).sort((a, b) => b.length - a.length)[0];
}

/** A step that runs before the app: the package's own script for it, else the tool's command. */
export function migration(
  files: ProjectFiles,
  one: Package,
  tool: { readonly line: string; readonly evidence: Evidence; readonly always?: boolean },
): ProcessFinding {
  const packages = packagesOf(files);
  const manager = managerOf(files, packages);
  const script = tool.always ? undefined : migrationScript(one);
  const run = script === undefined ? undefined : manager.script(one, script);
  return {
    kind: 'process',
    role: 'migrate',
    name: one.place === 'top' ? 'migrate' : `migrate-${word((one.name ?? one.folder).split('/').at(-1) ?? '')}`,
    rank: Rank.develop,
    language: 'js',
    command: run?.command ?? manager.program(tool.line),
    cwd: run?.cwd ?? one.folder,
    part: one.folder,
    evidence: script === undefined ? tool.evidence : one.script(script),
  };
}

/** The package that a file belongs to: that of the nearest folder above it. */
export function ownerOf(files: ProjectFiles, file: string): Package | undefined {
  const above = packagesOf(files).filter(({ folder }) => folder === '.' || file.startsWith(`${folder}/`));
  return above.sort((a, b) => b.folder.length - a.folder.length)[0];
}
