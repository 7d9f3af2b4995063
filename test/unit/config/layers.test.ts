import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge } from '../../../src/config/layers.ts';
import { load, loadFiles, problemsOf, project, yaml } from './project.ts';

const base = `name: shop
services:
  db: { engine: postgres, version: 17, extensions: [pgcrypto, citext], env: { A: 1 } }
  mail: { image: "axllent/mailpit:v1.20", ports: { smtp: 1025, web: 8025 }, ready: { http: web/ } }
processes:
  web: { command: npm run dev, port: 3000, needs: [db, mail] }
env:
  URL: \${db.url}
  LEVEL: base
  TOKEN: abc
environments:
  staging:
    services:
      db: { version: 16, extensions: [], env: { B: 2 } }
      mail: null
    processes: { web: { needs: [db] } }
    env: { LEVEL: tier, TOKEN: null }
`;
const local = 'services: { db: { port: 5555 } }\nenv: { LEVEL: local }\n';
const files = { ...yaml(base), 'devenv.config.local.yaml': local };

describe('layers', () => {
  it('apply defaults to the base', async () => {
    const { config } = await loadFiles(yaml(base));
    expect(config.services.db).toEqual({
      engine: 'postgres',
      version: '17',
      image: undefined,
      port: undefined,
      ports: {},
      env: { A: '1' },
      volumes: [],
      command: [],
      needs: [],
      ready: null,
      readyTimeout: 60,
      program: undefined,
      settings: { extensions: ['pgcrypto', 'citext'] },
    });
    expect(config.services.mail).toMatchObject({ engine: 'container', ready: { port: 'web', http: '/' } });
    expect(config.processes.web).toEqual({
      command: 'npm run dev',
      port: 3000,
      ready: { timeout: 60 },
      needs: ['db', 'mail'],
      restart: 'on-failure',
      once: false,
      watch: [],
      env: {},
      cwd: '.',
    });
  });

  it('merge objects, replace lists and remove with null', async () => {
    const { config } = await loadFiles(files, { tier: 'staging', set: ['processes.web.port=4000', 'env.LEVEL=007'] });
    expect(Object.keys(config.services)).toEqual(['db']);
    expect(config.services.db).toMatchObject({
      version: '16',
      port: 5555,
      env: { A: '1', B: '2' },
      settings: { extensions: [] },
    });
    expect(config.processes.web).toMatchObject({ port: 4000, needs: ['db'] });
    expect(config.env).toEqual({ URL: '${db.url}', LEVEL: '007' });
  });

  it('check what a tier leaves over', async () => {
    const text = base.replace('processes: { web: { needs: [db] } }', '');
    expect(await problemsOf(yaml(text))).toEqual([
      'devenv.config.yaml:6:56: processes.web.needs[1]: there is no `mail`; known: db, web',
    ]);
  });

  it('keep every source of a variable, with its place', async () => {
    const { sources } = await loadFiles(
      { ...files, '.env': 'LEVEL=dot\n' },
      { tier: 'staging', env: ['LEVEL=a=b'], set: ['env.X=1'] },
    );
    expect(sources.map(({ name, value, layer, place }) => `${name}=${value.reveal()} ${layer} ${place}`)).toEqual([
      'URL=${db.url} base devenv.config.yaml:8',
      'LEVEL=base base devenv.config.yaml:9',
      'LEVEL=tier tier devenv.config.yaml:17',
      'LEVEL=local local devenv.config.local.yaml:2',
      'X=1 flag --set env.X',
      'LEVEL=a=b flag --env LEVEL',
      'LEVEL=dot .env .env:1',
    ]);
  });

  it('are frozen', async () => {
    const { config } = await loadFiles(yaml(base));
    expect(Object.isFrozen(config.services.db?.settings.extensions)).toBe(true);
    expect(Object.isFrozen(config.processes.web?.ready)).toBe(true);
  });

  it('take values of flags as JSON, else as text', async () => {
    const set = [
      'services.db.extensions=["vector"]',
      'services.db.database=x',
      'services.mail=null',
      'processes.web.needs=[]',
    ];
    const { config } = await load(await project(yaml(base)), { set });
    expect(config.services.db?.settings).toEqual({ extensions: ['vector'], database: 'x' });
    expect(config.services.mail).toBeUndefined();
  });

  it.each([
    ['x', '--set: `x` is not of the form key.path=value'],
    ['environments.staging.name=x', '--set: environments: `environments` can only be set in the base configuration'],
    ['services..x=1', '--set: `services..x=1` is not of the form key.path=value'],
    ['__proto__.x=1', "--set: __proto__: `__proto__` can't be used as a key"],
    ['env.MISING=null', '--set: env.MISING: there is no `MISING` to remove; known: URL, LEVEL, TOKEN'],
  ])('refuse the flag --set %s', async (flag, problem) => {
    expect(await problemsOf(yaml(base), { set: [flag] })).toEqual([problem]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('do not repeat the value of a broken --env', async () => {
    expect(await problemsOf(yaml(''), { env: ['MY-KEY=hunter2'] })).toEqual([
      '--env: `MY-KEY` is not of the form NAME=value',
    ]);
  });

  it('merge the same in any grouping, and never in place', () => {
    // A text that gives way to a group of keys and back is the one case in which grouping would matter.
    const scalar = fc.oneof(fc.integer(), fc.array(fc.integer(), { maxLength: 2 }));
    const { layer } = fc.letrec<{ layer: object }>((tie) => ({
      layer: fc
        .record(
          { a: scalar, b: scalar, x: fc.option(tie('layer'), { nil: undefined, maxDepth: 3 }), y: tie('layer') },
          { requiredKeys: [] },
        )
        .map((keys) => ({ ...keys })),
    }));
    fc.assert(
      fc.property(layer, layer, layer, (one, two, three) => {
        const before = JSON.stringify([one, two, three]);
        expect(merge(merge(one, two), three)).toEqual(merge(one, merge(two, three)));
        expect(merge({}, one)).toEqual(one);
        expect(JSON.stringify([one, two, three])).toBe(before);
      }),
    );
  });
});
