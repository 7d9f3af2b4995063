import { describe, expect, it } from 'vitest';
import { detectDrizzle } from '../../../../src/init/detect/drizzle.ts';
import { detectJsMigrations } from '../../../../src/init/detect/js-migrations.ts';
import { detectKnex } from '../../../../src/init/detect/knex.ts';
import { detectTypeorm } from '../../../../src/init/detect/typeorm.ts';
import { filesOf, lines, packageJson } from '../project.ts';

const depends = (...names: string[]) =>
  packageJson({ dependencies: Object.fromEntries(names.map((name) => [name, '1'])) });

describe('drizzle.config', () => {
  const config = "export default {\n  dialect: 'postgresql',\n  out: './db/migrations/',\n};";

  it('applies migrations where there are some, else brings the schema over', () => {
    const files = { 'package.json': depends('drizzle-kit'), 'drizzle.config.ts': config };
    expect(lines(detectDrizzle(filesOf(files)))).toEqual([
      'need postgres  drizzle.config.ts:2 dialect postgresql',
      'migrate npx --no -- drizzle-kit push --force  drizzle.config.ts:2 a schema without migrations',
    ]);
    expect(lines(detectDrizzle(filesOf({ ...files, 'db/migrations/0000_a.sql': '' })))[1]).toBe(
      'migrate npx --no -- drizzle-kit migrate  drizzle.config.ts:3 migrations in db/migrations',
    );
  });

  it('is of no interest with another dialect', () => {
    expect(detectDrizzle(filesOf({ 'drizzle.config.ts': "export default { dialect: 'sqlite' }" }))).toEqual([]);
  });
});

describe('knexfile', () => {
  const knexfile = "module.exports = {\n  client: 'pg',\n};";

  it('says that the client is pg, and is named where knex does not look for it', () => {
    expect(lines(detectKnex(filesOf({ 'package.json': depends('knex'), 'db/knexfile.js': knexfile })))).toEqual([
      'need postgres  db/knexfile.js:2 client pg',
      'migrate npx --no -- knex migrate:latest --knexfile db/knexfile.js  db/knexfile.js settings of knex',
    ]);
  });

  it('is of no interest with another client', () => {
    expect(detectKnex(filesOf({ 'package.json': depends('knex'), 'knexfile.js': "({ client: 'sqlite3' })" }))).toEqual(
      [],
    );
  });
});

describe("TypeORM's data source", () => {
  it('is found wherever it is, and its migrations are applied', () => {
    const source =
      "import { DataSource } from 'typeorm';\nexport default new DataSource({\n  type: 'postgres',\n  migrations: [],\n});";
    expect(lines(detectTypeorm(filesOf({ 'package.json': depends('typeorm'), 'src/db/source.ts': source })))).toEqual([
      'need postgres  src/db/source.ts:3 type postgres',
      'migrate npx --no -- typeorm-ts-node-commonjs migration:run -d src/db/source.ts  src/db/source.ts:3 a data source with migrations',
    ]);
    expect(detectTypeorm(filesOf({ 'package.json': depends('pg'), 'src/db/source.ts': source }))).toEqual([]);
  });
});

describe('further tools for migrations', () => {
  it('are known by their packages, and scripts by their names', () => {
    expect(lines(detectJsMigrations(filesOf({ 'package.json': depends('sequelize-cli') })))).toEqual([
      'migrate npx --no -- sequelize-cli db:migrate  package.json:3 depends on sequelize-cli',
    ]);
    const own = packageJson({ scripts: { migrate: 'node m.js', 'migrate:make': 'node n.js' } });
    expect(lines(detectJsMigrations(filesOf({ 'package.json': own })))).toEqual([
      'migrate npm run migrate  package.json:3 script migrate',
    ]);
  });

  it('leave out what asks, makes or takes back', () => {
    const scripts = {
      migrate: 'prisma migrate dev',
      'db:migrate': 'knex migrate:rollback',
      migration: 'typeorm migration:create',
    };
    expect(detectJsMigrations(filesOf({ 'package.json': packageJson({ scripts }) }))).toEqual([]);
  });
});
