import type { Finding } from '../finding.ts';
import type { Detector } from './detector.ts';

/** The folder that a tool keeps its migrations in, and what is in it: `db/migrate`, `alembic/versions`, `migrations`. */
const FOLDER = /^((?:.*\/)?(?:migrations?|migrate|drizzle|alembic))\/(?:.*\/)?[^/]+\.(?:sql|py|rb|go|[cm]?[jt]s)$/;
/** A package of migrations in Python is one by this file, also where it has none yet. */
const NO_MIGRATION = /(^|\/)__init__\.py$/;

/** The folders with migrations: what a baseline is made from. */
export const detectMigrationFiles: Detector = ({ texts }) => {
  const folders = [...texts.keys()].filter((name) => !NO_MIGRATION.test(name)).map((name) => FOLDER.exec(name)?.[1]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].map(
    (folder): Finding => ({ kind: 'migrations', folder, evidence: { file: folder, what: 'migrations' } }),
  );
};
