import { describe, expect, it } from 'vitest';
import type { Description } from '../../../../src/core/data/description.ts';
import type { Pack } from '../../../../src/core/data/pack.ts';
import { isLedger } from '../../../../src/data/seed/ledgers.ts';
import { applyPack } from '../../../../src/data/seed/packs/packs.ts';
import { type Existing, planSeed } from '../../../../src/data/seed/plan.ts';
import { type Schema, tableName } from '../../../../src/data/seed/schema.ts';
import { loadWorld } from '../../../../src/data/seed/values/index.ts';
import { columnOf, tableOf } from './schema-of.ts';
import { schemaOf } from './tables.ts';

function table(fullName: string, columns: string) {
  const [name = '', schema = 'public'] = fullName.split('.').reverse();
  return tableOf(name, { schema, columns: columns.split(' ').map((column) => columnOf(column, 'text')) });
}

describe('a ledger of migrations', () => {
  // Their tables and columns as each tool creates them on Postgres.
  it.each([
    ['Rails, dbmate', 'schema_migrations', 'version'],
    ['Rails', 'ar_internal_metadata', 'key value created_at updated_at'],
    ['Rails with a prefix', 'blog_schema_migrations', 'version'],
    ['golang-migrate', 'schema_migrations', 'version dirty'],
    ['Ecto', 'schema_migrations', 'version inserted_at'],
    ['Sequel', 'schema_migrations', 'filename'],
    ['Sequel', 'schema_info', 'version'],
    [
      'Supabase',
      'supabase_migrations.schema_migrations',
      'version statements name created_by idempotency_key rollback',
    ],
    ['Supabase', 'supabase_migrations.seed_files', 'path hash'],
    [
      'Prisma',
      '_prisma_migrations',
      'id checksum finished_at migration_name logs rolled_back_at started_at applied_steps_count',
    ],
    ['Knex', 'knex_migrations', 'id name batch migration_time'],
    ['Knex', 'knex_migrations_lock', 'index is_locked'],
    ['Knex with a name', 'shop_migrations', 'id name batch migration_time'],
    ['Knex with a name', 'shop_migrations_lock', 'index is_locked'],
    ['Kysely', 'kysely_migration', 'name timestamp'],
    ['Kysely', 'kysely_migration_lock', 'id is_locked'],
    ['Bun', 'bun_migrations', 'id name group_id migrated_at'],
    ['Bun', 'bun_migration_locks', 'id table_name'],
    ['TypeORM', 'migrations', 'id timestamp name'],
    ['TypeORM', 'typeorm_metadata', 'type database schema table name value'],
    ['Sequelize', 'SequelizeMeta', 'name'],
    ['node-pg-migrate', 'pgmigrations', 'id name run_on'],
    ['MikroORM', 'mikro_orm_migrations', 'id name executed_at'],
    ['Drizzle', 'drizzle.__drizzle_migrations', 'id hash created_at'],
    ['Drizzle, newer', 'drizzle.__drizzle_migrations', 'id hash created_at name applied_at'],
    ['Payload', 'payload_migrations', 'id name batch updated_at created_at'],
    ['graphile-migrate', 'graphile_migrate.migrations', 'hash previous_hash filename date'],
    ['graphile-migrate', 'graphile_migrate.current', 'filename content date'],
    ['Laravel', 'migrations', 'id migration batch'],
    ['Doctrine', 'doctrine_migration_versions', 'version executed_at execution_time'],
    ['Phinx', 'phinxlog', 'version migration_name start_time end_time breakpoint'],
    ['Django', 'django_migrations', 'id app name applied'],
    ['Alembic', 'alembic_version', 'version_num'],
    ['Aerich', 'aerich', 'id version app content'],
    ['yoyo', '_yoyo_migration', 'migration_hash migration_id applied_at_utc'],
    ['goose', 'goose_db_version', 'id version_id is_applied tstamp'],
    [
      'Atlas',
      'atlas_schema_revisions.atlas_schema_revisions',
      'version description type applied total executed_at execution_time error error_stmt hash partial_hashes operator_version',
    ],
    ['River', 'river_migration', 'line version created_at'],
    ['sqlx', '_sqlx_migrations', 'version description installed_on success checksum execution_time'],
    ['Diesel', '__diesel_schema_migrations', 'version run_on'],
    ['refinery', 'refinery_schema_history', 'version name applied_on checksum'],
    ['SeaORM', 'seaql_migrations', 'version applied_at'],
    [
      'Flyway',
      'flyway_schema_history',
      'installed_rank version description type script checksum installed_by installed_on execution_time success',
    ],
    [
      'Liquibase',
      'databasechangelog',
      'id author filename dateexecuted orderexecuted exectype md5sum description comments tag liquibase contexts labels deployment_id',
    ],
    ['Liquibase in capitals', 'DATABASECHANGELOGLOCK', 'ID LOCKED LOCKGRANTED LOCKEDBY'],
    ['EF', '__EFMigrationsHistory', 'MigrationId ProductVersion'],
    ['EF in snake case', '__ef_migrations_history', 'migration_id product_version'],
    [
      'Sqitch',
      'sqitch.changes',
      'change_id script_hash change project note committed_at committer_name committer_email planned_at planner_name planner_email',
    ],
    ['Sqitch', 'sqitch.dependencies', 'change_id type dependency dependency_id'],
    ['a script of its own', 'schema_migrations', 'name applied_at'],
    ['a script of its own', 'migrations', 'name'],
  ])('is seen: %s, %s (%s)', (_tool, name, columns) => {
    expect(isLedger(table(name, columns))).toBe(true);
  });

  it.each([
    ['migrations', 'id species_id name departed_at arrived_at'],
    ['migrations', 'id name timestamp bird_id'],
    ['bird_migrations', 'id name created_at'],
    ['bird_migrations', 'id version species'],
    ['schema_migrations', 'id species departed_at'],
    ['form_schema_versions', 'id version form'],
    ['schema_versions', 'id version subject schema'],
    ['changes', 'change_id change note'],
    ['events', 'id event name created_at'],
    ['tags', 'id tag name'],
    ['releases', 'id version name released_at'],
    ['current', 'filename content date'],
    ['internal_metadata', 'key value'],
    ['immigrations', 'id name'],
    ['versions', 'version_num'],
  ])('is no other table: %s (%s)', (name, columns) => {
    expect(isLedger(table(name, columns))).toBe(false);
  });
});

const NOTHING: Existing = { keys: () => [], last: () => null, taken: () => new Set(), latest: () => null };
const world = await loadWorld({ seed: 1, locale: 'en', now: Date.parse('2026-01-01T00:00:00Z') });

async function planned(schema: Schema, description: Description, existing: Partial<Existing> = {}) {
  const plan = await planSeed({ schema, description, world, existing: { ...NOTHING, ...existing } });
  const counts = Object.fromEntries(plan.tables.map(({ rows }) => [tableName(rows.table), rows.count]));
  return { counts, notes: plan.notes, tables: plan.tables };
}

const ledger = { version: 'text key', dirty: 'bool!' };
const withDeploys = (type: string, rows = 0) =>
  schemaOf(
    {
      schema_migrations: ledger,
      deploys: { id: 'int4 key', version: `${type} > schema_migrations.version` },
    },
    { schema_migrations: { rows } },
  );

describe('seeding beside a ledger', () => {
  it('leaves it alone and says so, unless it is named', async () => {
    const schema = schemaOf({
      schema_migrations: ledger,
      'drizzle.__drizzle_migrations': { id: 'int4 key', hash: 'text!', created_at: 'int8' },
      users: { id: 'int4 key', name: 'text!' },
    });
    const all = await planned(schema, { rows: 7 });
    expect(all.counts).toEqual({ users: 7 });
    expect(all.notes).toEqual(['left alone: drizzle.__drizzle_migrations, schema_migrations, which record migrations']);
    const named = await planned(schema, { rows: 7, tables: { 'public.schema_migrations': { rows: 2 } } });
    expect(named.counts).toEqual({ schema_migrations: 2, users: 7 });
    expect(named.notes).toEqual(['left alone: drizzle.__drizzle_migrations, which records migrations']);
    const described = await planned(schema, { tables: { users: { rows: 1 } } });
    expect(described).toMatchObject({ counts: { users: 1 }, notes: [] });
  });

  it('refers to the rows that it has', async () => {
    const keys: Existing['keys'] = (name) => (name === 'schema_migrations' ? [['001'], ['002']] : []);
    const { counts, tables } = await planned(withDeploys('text!', 2), { rows: 20 }, { keys });
    expect(counts).toEqual({ deploys: 20 });
    const rows = tables[0]?.rows;
    const versions = Array.from({ length: 20 }, (_, row) => rows?.cell('version', row));
    expect(new Set(versions)).toEqual(new Set(['001', '002']));
  });

  it('leaves a reference to an empty one empty, or refuses where that cannot be', async () => {
    const { counts, tables } = await planned(withDeploys('text'), { rows: 5 });
    expect(counts).toEqual({ deploys: 5 });
    expect(Array.from({ length: 5 }, (_, row) => tables[0]?.rows.cell('version', row))).toEqual(Array(5).fill(null));
    await expect(planned(withDeploys('text!'), { rows: 5 })).rejects.toMatchObject({
      message: 'deploys needs rows of schema_migrations, which has none and gets none, because it records migrations',
      hints: ['Migrate first, or leave deploys out with a description: tables: { deploys: { rows: 0 } }'],
    });
    const without = await planned(withDeploys('text!'), { rows: 5, tables: { deploys: { rows: 0 } } });
    expect(without.counts).toEqual({});
  });

  it('names no row of it where two columns say which row is meant', async () => {
    const schema = schemaOf(
      {
        goose_db_version: { id: 'int4 key', version_id: 'int8!', is_applied: 'bool!' },
        posts: { id: 'int4 key', title: 'text!' },
        comments: { id: 'int4 key', commentable_type: 'text!', commentable_id: 'int4!' },
      },
      { goose_db_version: { rows: 3 } },
    );
    const keys: Existing['keys'] = (name) => (name === 'goose_db_version' ? [['1'], ['2'], ['3']] : []);
    const { tables } = await planned(schema, { rows: 30 }, { keys });
    const comments = tables.find(({ rows }) => rows.table.name === 'comments')?.rows;
    const types = Array.from({ length: 30 }, (_, row) => String(comments?.cell('commentable_type', row)));
    expect(new Set(types)).toEqual(new Set(['posts']));
  });

  it('plays no role in a pack, and gets no rows because one refers to it', () => {
    const pack: Pack = {
      others: 20,
      links: [0, 3],
      roles: { deploy: { names: ['deploys'], rows: 9 }, migration: { names: ['schema_migrations'], rows: 9 } },
    };
    expect(applyPack(pack, withDeploys('text!'))).toEqual({ tables: { deploys: { rows: 9 } } });
  });
});
