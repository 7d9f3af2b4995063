import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { Secret } from '../../../src/core/secret.ts';
import { lineKeys, secretPart } from '../../support/live-keys.ts';
import { loadFiles, yaml } from './project.ts';

it('explains every value with its layer and place, and masks secrets', async () => {
  const { explain } = await loadFiles(
    {
      'devenv.config.yaml': [
        'services:',
        '  db: { engine: postgres, version: 17 }',
        'processes:',
        '  web: { command: run, env: { API_KEY: abc, DB: "postgres://u:pw@h/d" } }',
        'env:',
        '  DB_PASSWORD: ${db.password}',
        '  STRIPE_SECRET: hunter2',
        '  KEYBOARD: qwerty',
        'environments:',
        '  staging: { services: { db: { version: 16 } } }',
      ].join('\n'),
      'devenv.config.local.json': '{\n  "services": { "db": { "port": 5433 } }\n}',
      '.env': 'OTHER=1\nKEYBOARD=dvorak\n',
    },
    { tier: 'staging', set: ['name=shop'], env: ['SESSION_TOKEN=t'] },
  );
  expect(
    explain().map(({ path, value, layer, place }) => `${path} = ${value} (${layer}${place && ` ${place}`})`),
  ).toEqual([
    'name = shop (flag --set)',
    'services.db.engine = postgres (base devenv.config.yaml:2)',
    'services.db.version = 16 (tier devenv.config.yaml:10)',
    'services.db.port = 5433 (local devenv.config.local.json:2)',
    'services.db.database = shop (default)',
    'services.db.user = postgres (default)',
    'services.db.ready.timeout = 60 (default)',
    'processes.web.command = run (base devenv.config.yaml:4)',
    'processes.web.ready.timeout = 60 (default)',
    'processes.web.restart = on-failure (default)',
    'processes.web.once = false (default)',
    'processes.web.env.API_KEY = **** (base devenv.config.yaml:4)',
    'processes.web.env.DB = postgres://u:****@h/d (base devenv.config.yaml:4)',
    'processes.web.cwd = . (default)',
    'env.DB_PASSWORD = ${db.password} (base devenv.config.yaml:6)',
    'env.STRIPE_SECRET = **** (base devenv.config.yaml:7)',
    'env.KEYBOARD = qwerty (base devenv.config.yaml:8)',
    'env.SESSION_TOKEN = **** (flag --env SESSION_TOKEN)',
    'env.OTHER = 1 (.env .env:1)',
  ]);
});

it('says of a variable that devenv gives what env why says', async () => {
  const { explain } = await loadFiles({ ...yaml('name: shop'), '.env': 'DVE_PROJECT=hacked' });
  const minted = { name: 'DVE_PROJECT', value: new Secret('shop'), layer: 'minted', place: 'devenv' } as const;
  expect(explain([minted])).toContainEqual({
    path: 'env.DVE_PROJECT',
    value: 'shop',
    layer: 'minted',
    place: 'devenv',
  });
  expect(explain([minted]).filter(({ path }) => path === 'env.DVE_PROJECT')).toHaveLength(1);
});

it('is printed as a configuration that can be read again and is printed the same', async () => {
  const text = [
    'runtime: docker',
    'services:',
    '  db: { engine: postgres, version: 17, extensions: [citext], command: -c fsync=off, env: { N: 007 } }',
    '  cache: { engine: redis, port: 7000, ready: { timeout: 5 } }',
    '  mail: { image: "m:1", ports: { web: 80, smtp: 25 }, ready: { http: web/ok } }',
    '  store: { image: "s:1", ports: { http: 80 }, volumes: ["a:/a:ro"], needs: [db] }',
    '  bare: { image: "b:1" }',
    'processes:',
    '  web: { command: "run: it", ready: { http: /health }, port: 3000, needs: [db], env: { A: "${db.url}" } }',
    '  extra: { command: x }',
    'hooks: { ready: echo done }',
    'env: { B: "${B:-no}", C: yes, API_KEY: secret }',
    'environments: { staging: { services: { db: { version: 16, extensions: null } }, processes: { extra: null } } }',
  ].join('\n');
  const [first, tier] = [await loadFiles(yaml(text)), await loadFiles(yaml(text), { tier: 'staging' })];
  for (const { config, masked } of [first, tier]) {
    const printed = { ...masked(), name: config.name };
    for (const again of [yaml(stringify(printed)), { 'devenv.config.json': JSON.stringify(printed) }]) {
      expect((await loadFiles(again)).masked()).toEqual(printed);
    }
  }
  expect(first.masked().services).toMatchObject({
    db: { database: first.config.name.replaceAll('-', '_'), user: 'postgres', ready: { timeout: 60 } },
    cache: { ready: { timeout: 5 } },
    mail: { ready: { http: 'web/ok', timeout: 60 } },
    store: { ready: { tcp: 'http', timeout: 60 } },
  });
});

it('explains each entry of a list of data, which a list of a stronger layer replaces', async () => {
  const files = yaml(
    [
      'services: { a: { engine: postgres }, b: { engine: postgres } }',
      'data:',
      '  - { service: a, seed: [a.sql], reset: daily }',
      '  - { service: b, spares: 0 }',
      'environments:',
      '  preview: { data: [{ service: b, seed: [b.sql] }] }',
    ].join('\n'),
  );
  const explained = async (tier: string) => {
    const { explain, config } = await loadFiles(files, { tier });
    const values = explain().filter(({ path }) => path.startsWith('data'));
    return { config, lines: values.map(({ path, value, place }) => `${path} = ${value} (${place})`) };
  };
  const development = await explained('development');
  expect(development.lines).toEqual([
    'data[0].service = a (devenv.config.yaml:3)',
    'data[0].seed = a.sql (devenv.config.yaml:3)',
    'data[0].reset = daily (devenv.config.yaml:3)',
    'data[0].spares = 2 ()',
    'data[1].service = b (devenv.config.yaml:4)',
    'data[1].spares = 0 (devenv.config.yaml:4)',
  ]);
  expect(development.config.data).toMatchObject([
    { service: 'a', seed: ['a.sql'], reset: 'daily', redis: null, spares: 2 },
    { service: 'b', seed: [], reset: null, redis: null, spares: 0 },
  ]);
  expect((await explained('preview')).lines).toEqual([
    'data[0].service = b (devenv.config.yaml:6)',
    'data[0].seed = b.sql (devenv.config.yaml:6)',
    'data[0].spares = 2 ()',
  ]);
});

it('shows no key of a provider, wherever in the configuration it stands', async () => {
  const places = (key: string) => ({
    services: { db: { engine: 'postgres' }, app: { image: `a/${key}`, command: ['run', key], ports: { web: 80 } } },
    processes: { web: { command: `K=${key} node web.js`, watch: [key] } },
    data: { migrate: { run: `migrate ${key}`, files: [key] } },
    hooks: { ready: `echo ${key}` },
    mocks: {
      ai: { rules: [{ match: { contains: key }, text: key }, { json: { [key]: [key] } }] },
      keys: { openai: { command: ['echo', key] } },
    },
  });
  for (const key of lineKeys()) {
    const { explain, masked } = await loadFiles(yaml(stringify(places(key.value))));
    for (const said of [explain(), masked()]) {
      expect(JSON.stringify(said), key.shape).not.toContain(secretPart(key));
      expect(JSON.stringify(said), key.shape).toContain(`${key.starts}…`);
    }
  }
});
