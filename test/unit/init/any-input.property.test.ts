import fc from 'fast-check';
import { expect, it } from 'vitest';
import { problemsOfText } from '../../../src/config/check-text.ts';
import { parseYaml } from '../../../src/config/parse-yaml.ts';
import { configOf } from '../../../src/init/draft/draft.ts';
import { render } from '../../../src/init/render.ts';
import { draft } from './project.ts';

const word = fc.oneof(
  fc.constantFrom(
    'db',
    'web',
    'Web',
    'my_db',
    '${A}',
    '${A:-b}',
    '$$',
    '${',
    'a: b',
    '#',
    '',
    '-c',
    "it's",
    '"',
    'url',
    'port',
  ),
  fc.constantFrom(
    'postgres:16',
    'redis',
    'postgres://a:b@db/x',
    'postgres://a:b@localhost/y',
    'redis://cache',
    'http://localhost:3000',
    '1025:1025',
    './a:/b',
    'a:/b:ro',
  ),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const value = fc.oneof(
  word,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(word, word, { maxKeys: 3 }),
);
const keys = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });

const manifest = fc.record(
  {
    name: value,
    packageManager: value,
    workspaces: value,
    scripts: fc.oneof(
      value,
      fc.dictionary(
        fc.constantFrom('dev', 'start', 'worker', 'migrate'),
        fc.oneof(word, fc.constantFrom('next dev -p 99999', 'vite')),
      ),
    ),
    dependencies: fc.oneof(value, fc.constant({ pg: '8', redis: '5', prisma: '6', express: '5' })),
  },
  { requiredKeys: [] },
);
const service = keys(
  'image',
  'build',
  'ports',
  'expose',
  'volumes',
  'environment',
  'command',
  'depends_on',
  'profiles',
);
const compose = fc.record({ services: fc.dictionary(word, fc.oneof(value, service), { maxKeys: 4 }) });
const lines = fc
  .array(
    fc.tuple(fc.oneof(word, fc.constantFrom('DATABASE_URL', 'DB_NAME', 'DB_HOST')), word).map(([a, b]) => `${a}=${b}`),
    { maxLength: 4 },
  )
  .map((list) => list.join('\n'));
const list = fc
  .array(
    fc.tuple(word, word).map(([a, b]) => `${a}: ${b}`),
    { maxLength: 4 },
  )
  .map((all) => all.join('\n'));

/** Whatever stands in somebody's files: what is written is a configuration without problems, and says what was meant. */
it('loads, whatever it was made from', () => {
  fc.assert(
    fc.property(manifest, manifest, compose, lines, lines, list, (top, inner, services, example, inside, procfile) => {
      const found = draft({
        'package.json': JSON.stringify(top),
        'apps/web/package.json': JSON.stringify(inner),
        'compose.yaml': JSON.stringify(services),
        '.env.example': example,
        'apps/web/.env.example': inside,
        Procfile: procfile,
      });
      const text = render(found);
      expect(problemsOfText('devenv.config.yaml', text)).toEqual([]);
      expect(parseYaml(text).value ?? {}).toEqual(configOf(found));
    }),
    { numRuns: 300 },
  );
}, 60_000);
