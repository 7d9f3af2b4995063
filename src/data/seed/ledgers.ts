import type { Table } from './schema.ts';
import { endsWith, isSame, wordsOf } from './words.ts';

/**
 * Tables that a tool for migrations keeps under a name of its own, with some columns that tell them from others of that
 * name; there may be more. What such a name ends is one too: `shop_schema_migrations`. With a schema where the name alone
 * says too little. As these tools create them on Postgres.
 */
const OF_TOOLS: readonly (readonly [name: string, columns: string])[] = [
  // Rails, Ecto, dbmate, golang-migrate, Supabase
  ['schema_migrations', 'version'],
  ['ar_internal_metadata', 'key value'],
  ['supabase_migrations.seed_files', 'path hash'],
  ['_prisma_migrations', 'migration_name checksum'],
  // Knex, which has two tables of any name: the other one is seen below. Kysely, Bun
  ['migrations_lock', 'index is_locked'],
  ['kysely_migration', 'name timestamp'],
  ['migration_lock', 'id is_locked'],
  ['bun_migrations', 'group_id migrated_at'],
  ['migration_locks', 'id table_name'],
  ['typeorm_migrations', 'timestamp name'],
  ['typeorm_metadata', 'type name value'],
  ['SequelizeMeta', 'name'],
  ['SequelizeData', 'name'],
  // node-pg-migrate
  ['pgmigrations', 'name run_on'],
  ['payload_migrations', 'name batch'],
  ['strapi_migrations', 'name time'],
  ['strapi_migrations_internal', 'name time'],
  ['graphile_migrate.migrations', 'hash filename'],
  ['graphile_migrate.current', 'filename content'],
  // Flyway, from 5 on and before
  ['flyway_schema_history', 'installed_rank script'],
  ['schema_version', 'installed_rank script'],
  // Liquibase
  ['databasechangelog', 'dateexecuted orderexecuted'],
  ['databasechangeloglock', 'locked lockgranted'],
  ['play_evolutions', 'hash apply_script'],
  ['alembic_version', 'version_num'],
  ['aerich', 'version app content'],
  ['_yoyo_migration', 'migration_hash'],
  ['_yoyo_log', 'migration_hash operation'],
  ['_yoyo_version', 'version installed_at_utc'],
  ['yoyo_lock', 'locked pid'],
  ['goose_db_version', 'version_id is_applied'],
  ['atlas_schema_revisions', 'version executed_at'],
  ['river_migration', 'version'],
  ['_sqlx_migrations', 'version installed_on'],
  ['refinery_schema_history', 'version applied_on'],
  ['__EFMigrationsHistory', 'migration_id product_version'],
  // Phinx, CakePHP
  ['phinxlog', 'version migration_name'],
  // Sqitch
  ['releases', 'version installer_name installer_email'],
  ['projects', 'project uri creator_name creator_email'],
  ['changes', 'change_id change committer_name planner_name'],
  ['tags', 'tag_id tag change_id committer_name planner_name'],
  ['dependencies', 'change_id type dependency dependency_id'],
  ['events', 'event change_id committer_name planner_name'],
];

/**
 * Under a name that others use too, such as `migrations` (Laravel, TypeORM, and what people write themselves), or one that
 * was configured: nothing but such columns. Those that TELL are enough for a name such as `shop_migrations`.
 */
const PLAIN_NAME =
  /^(?:(?:applied|data|database|db|schema) )*migration(?: (?:history|log|version))?$|^schema (?:history|info|version)$/;
const LIKE_NAME = /(?:^| )migration(?: (?:history|log|version))?$/;
const TELL = columnsIn(
  'migration migration_id migration_name migration_time filename file_name version hash checksum dirty applied ' +
    'applied_at applied_on run_at run_on ran_at executed_at migrated_at installed_on installed_at',
);
const MAY_BE = columnsIn(
  'id name app batch number file path direction timestamp created_at updated_at inserted_at success execution_time statements',
);

const KNOWN = OF_TOOLS.map(([name, columns]) => ({ name: wordsOf(name), columns: columnsIn(columns) }));

/**
 * Whether it records which migrations were applied, by its name and its columns: rows that are made up would have the tool
 * leave migrations out.
 */
export function isLedger({ schema, name, columns }: Pick<Table, 'schema' | 'name' | 'columns'>): boolean {
  const own = wordsOf(name);
  const whole = [...wordsOf(schema), ...own];
  const having = columns.map((column) => joined(column.name));
  const isCalled = (words: readonly string[]): boolean =>
    [own, whole].some((called) => isSame(called, words)) || endsWith(whole, words);
  const isKnown = KNOWN.some((known) => isCalled(known.name) && known.columns.every((one) => having.includes(one)));
  if (isKnown) return true;
  const spoken = own.join(' ');
  if (having.length === 0 || !having.every((one) => TELL.includes(one) || MAY_BE.includes(one))) return false;
  return PLAIN_NAME.test(spoken) || (LIKE_NAME.test(spoken) && having.some((one) => TELL.includes(one)));
}

function columnsIn(list: string): readonly string[] {
  return list.split(' ').map(joined);
}

/** The same however its words are set apart: `MigrationId` and `migration_id`. */
function joined(name: string): string {
  return wordsOf(name).join('');
}
