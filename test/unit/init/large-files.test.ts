import { expect, it } from 'vitest';
import { draft } from './project.ts';

const TELLING = [
  ...['package.json', 'compose.yaml', '.env.example', 'Procfile', 'Dockerfile', 'schema.prisma', 'pyproject.toml'],
  ...[
    'requirements.txt',
    'manage.py',
    'Gemfile',
    'config/database.yml',
    'go.mod',
    'migrations/1.sql',
    '.tool-versions',
  ],
  ...['db/schema.rb', '.github/workflows/a.yml', 'drizzle.config.ts', 'knexfile.js'],
];
const SOURCES = ['a.ts', 'a.py', 'a.rb', 'a.go', 'a/settings.py'];

/** What makes careless expressions and parsers slow; none of it takes minutes. */
it.each([
  '\n',
  '{',
  ' ',
  'a',
  '"',
  "'",
  '${',
  'env(',
  'A=',
  '-- ',
  '- a\n',
  'create extension ',
  '/*',
  '<%',
  'a:\n',
  '\\',
])(
  'files of nothing but %j take no time worth mentioning',
  (unit) => {
    for (const name of [...TELLING, ...SOURCES]) {
      const begin = performance.now();
      draft({ [name]: unit.repeat(Math.floor(8_000 / unit.length)) });
      // Generous: what is meant is minutes.
      expect(performance.now() - begin, name).toBeLessThan(10_000);
    }
  },
  120_000,
);
