import { expect, it } from 'vitest';
import { detectPrisma } from '../../../../src/init/detect/prisma.ts';
import { filesOf, lines, packageJson } from '../project.ts';

const schema = (provider: string) =>
  `datasource db {\n  provider = "${provider}"\n  url = env("PG_URL")\n  extensions = [citext, ossp(map: "uuid-ossp")]\n}\n`;
const manifest = packageJson({ devDependencies: { prisma: '6' } });

it('finds the database, its variable, its extensions, and applies what migrations there are', () => {
  const files = { 'package.json': manifest, 'prisma/schema.prisma': schema('postgresql') };
  const found = [
    'need postgres  prisma/schema.prisma:2 provider postgresql',
    'variable PG_URL  prisma/schema.prisma:3 env("PG_URL")',
    'extension citext  prisma/schema.prisma:4 extensions',
    'extension uuid-ossp  prisma/schema.prisma:4 extensions',
  ];
  expect(lines(detectPrisma(filesOf(files)))).toEqual([
    ...found,
    'migrate npx --no -- prisma db push  package.json:3 depends on prisma',
  ]);
  const migrated = { ...files, 'prisma/migrations/1_a/migration.sql': '' };
  expect(lines(detectPrisma(filesOf(migrated)))).toEqual([
    ...found,
    'migrate npx --no -- prisma migrate deploy  prisma/migrations its migrations',
  ]);
});

it('names a schema that is not where Prisma looks for it', () => {
  const found = lines(detectPrisma(filesOf({ 'package.json': manifest, 'db/main.prisma': schema('postgresql') })));
  expect(found.at(-1)).toContain('npx --no -- prisma db push --schema db/main.prisma');
});

it('takes SQLite as no server, and says what devenv has no engine for', () => {
  expect(detectPrisma(filesOf({ 'schema.prisma': schema('sqlite') }))).toEqual([]);
  expect(lines(detectPrisma(filesOf({ 'schema.prisma': schema('mysql') })))).toEqual([
    "note mysql is no engine of devenv's  schema.prisma:2 provider mysql",
  ]);
});

it('takes the script of the package, unless that asks questions', () => {
  const files = (script: string) =>
    filesOf({
      'package.json': packageJson({ scripts: { 'db:migrate': script }, devDependencies: { prisma: '6' } }),
      'prisma/schema.prisma': schema('postgresql'),
    });
  expect(lines(detectPrisma(files('prisma migrate deploy && node seed.js'))).at(-1)).toContain(
    'migrate npm run db:migrate',
  );
  expect(lines(detectPrisma(files('prisma migrate dev'))).at(-1)).toContain('npx --no -- prisma db push');
});
