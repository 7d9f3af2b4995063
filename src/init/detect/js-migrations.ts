import type { Finding } from '../finding.ts';
import { migration, migrationScript } from '../js/migration.ts';
import { packagesOf } from '../js/packages.ts';
import type { Detector } from './detector.ts';

/** Tools whose settings tell nothing more, and what applies their migrations. */
const TOOLS: Readonly<Record<string, string>> = {
  'sequelize-cli': 'sequelize-cli db:migrate',
  'node-pg-migrate': 'node-pg-migrate up',
  'db-migrate': 'db-migrate up',
  '@mikro-orm/cli': 'mikro-orm migration:up',
};

/** Further tools for migrations, and a script of the app's own making. */
export const detectJsMigrations: Detector = (files) =>
  packagesOf(files).flatMap((one): readonly Finding[] => {
    const tool = Object.keys(TOOLS).find((name) => one.dependsOn(name));
    if (tool !== undefined) return [migration(files, one, { line: TOOLS[tool] ?? '', evidence: one.dependency(tool) })];
    const script = migrationScript(one);
    if (script === undefined) return [];
    return [migration(files, one, { line: '', evidence: one.script(script) })];
  });
