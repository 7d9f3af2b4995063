import type { ProjectFiles } from '../files.ts';
import type { Finding } from '../finding.ts';
import { withoutKeys } from '../live-keys.ts';
import { ownFiles } from '../own-files.ts';
import { detectCompose } from './compose.ts';
import type { Detector } from './detector.ts';
import { detectDjango } from './django.ts';
import { detectDockerfile } from './dockerfile.ts';
import { detectDrizzle } from './drizzle.ts';
import { detectEnvExample } from './env-example.ts';
import { detectGo } from './go.ts';
import { detectJsMigrations } from './js-migrations.ts';
import { detectKnex } from './knex.ts';
import { detectMigrationFiles } from './migration-files.ts';
import { detectMigrations } from './migrations.ts';
import { detectPackageJson } from './package-json.ts';
import { detectPrisma } from './prisma.ts';
import { detectProcfile } from './procfile.ts';
import { detectPython } from './python.ts';
import { detectRuby } from './ruby.ts';
import { detectScripts } from './scripts.ts';
import { detectSources } from './sources.ts';
import { detectTypeorm } from './typeorm.ts';
import { detectVersions } from './versions.ts';

/** Every detector. Of findings that say the same the earlier one counts. */
const detectors: readonly Detector[] = [
  detectCompose,
  detectPackageJson,
  detectProcfile,
  detectScripts,
  detectPrisma,
  detectDrizzle,
  detectKnex,
  detectTypeorm,
  detectJsMigrations,
  detectDjango,
  detectPython,
  detectRuby,
  detectGo,
  detectDockerfile,
  detectVersions,
  detectEnvExample,
  detectMigrations,
  detectMigrationFiles,
  detectSources,
];

export function detect(files: ProjectFiles): readonly Finding[] {
  const own = ownFiles(files);
  return withoutKeys(detectors.flatMap((detector) => detector(own)));
}
