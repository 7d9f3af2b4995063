import { describe, expect, it } from 'vitest';
import { problemsOf, yaml } from './project.ts';

const cases: readonly (readonly [what: string, text: string, problems: readonly string[]])[] = [
  [
    'an unknown key at the top',
    'servces: {}\n',
    ['devenv.config.yaml:1:1: servces: unknown key `servces`; did you mean `services`?'],
  ],
  [
    'an unknown key without a value',
    'processes:\n  web:\n    command: x\n    restrat:\n',
    ['devenv.config.yaml:4:5: processes.web.restrat: unknown key `restrat`; did you mean `restart`?'],
  ],
  [
    'an unknown key of an engine',
    'services:\n  db: { engine: postgres, versoin: 17 }\n',
    ['devenv.config.yaml:2:27: services.db.versoin: unknown key `versoin`; did you mean `version`?'],
  ],
  [
    'a key that another engine has',
    'services:\n  cache: { engine: redis, database: x }\n',
    [
      'devenv.config.yaml:2:27: services.cache.database: unknown key `database`; known: engine, version, image, port, ready, program, env, volumes, command, needs',
    ],
  ],
  [
    'a service that is given no time, and one that is ready in two ways',
    [
      'services:',
      '  db: { engine: postgres, ready: { timeout: 0 } }',
      '  m: { image: x, ports: { web: 80 }, ready: { http: web/, tcp: web } }',
    ].join('\n'),
    [
      'devenv.config.yaml:2:45: services.db.ready.timeout: `0` is not a number of seconds from 1 to 3600',
      'devenv.config.yaml:3:38: services.m.ready: either `http` or `tcp`; both is one too many',
    ],
  ],
  [
    'data for what is no Postgres, and without a word for which',
    'services:\n  cache: { engine: redis }\ndata: { service: cache, seed: [../x.sql, y.txt], spares: 11 }\n',
    [
      'devenv.config.yaml:3:18: data.service: `cache` is no Postgres',
      'devenv.config.yaml:3:32: data.seed[0]: `../x.sql` is not a file inside the project, relative to it',
      'devenv.config.yaml:3:42: data.seed[1]: `y.txt` is not a seed file: .sql, .yaml, .json or .ts',
      'devenv.config.yaml:3:58: data.spares: `11` is not a number up to 10',
    ],
  ],
  [
    'providers that are passed on to without a key, or with one from nowhere',
    [
      'mocks:',
      '  ai: { openai: record, anthropic: sandbox }',
      '  payments: { stripe: sandbox }',
      '  keys:',
      '    anthropic: { file: keys/a }',
      '    stripe: { variable: STRIPE_REAL, command: [] }',
      'processes:',
      '  web: { command: x, env: { STRIPE_REAL: y } }',
    ].join('\n'),
    [
      'devenv.config.yaml:2:17: mocks.ai.openai: `record` needs the real key: mocks: { keys: { openai: { command: [op, read, …] } } }, or { file: ~/… }, or { variable: NAME }',
      'devenv.config.yaml:2:36: mocks.ai.anthropic: unknown value `sandbox`; known: mock, record, replay',
      'devenv.config.yaml:5:24: mocks.keys.anthropic.file: `keys/a` is not a path from the root or from ~, outside of the project',
      'devenv.config.yaml:6:13: mocks.keys.stripe: has to name one of `command`, `file` and `variable`',
      'devenv.config.yaml:6:47: mocks.keys.stripe.command: has to be a program and its arguments',
      "devenv.config.yaml:8:29: processes.web.env.STRIPE_REAL: can't be given to anything, only be in the shell or in .env.local: it holds the real key of stripe, as said at devenv.config.yaml:6",
    ],
  ],
  [
    'mocks whose name is taken, and events that go nowhere',
    [
      'processes:',
      '  mocks: { command: x }',
      '  worker: { command: x }',
      'mocks:',
      '  now: tomorrow',
      '  ai: { latency: { ttft: fast }, budget: { tokens: 0 } }',
      '  payments: { webhook: worker/hooks }',
    ].join('\n'),
    [
      'devenv.config.yaml:2:3: processes.mocks: needs the name for itself: it answers in place of what `mocks` names',
      'devenv.config.yaml:5:8: mocks.now: `tomorrow` is not a day such as 2026-01-15, or a time such as 2026-01-15T12:00:00Z',
      'devenv.config.yaml:6:26: mocks.ai.latency.ttft: `fast` is not a duration such as 200ms or 2s',
      'devenv.config.yaml:6:52: mocks.ai.budget.tokens: `0` is not a number above 0',
      'devenv.config.yaml:7:24: mocks.payments.webhook: `worker` has no `port` that could be called',
    ],
  ],
  [
    'an end of dunning that Stripe does not have',
    'mocks: { payments: { dunning: { end: cancelled } } }\n',
    [
      'devenv.config.yaml:1:38: mocks.payments.dunning.end: unknown value `cancelled`; did you mean `canceled`? known: canceled, unpaid, past_due',
    ],
  ],
  [
    'a name that leads to the mock more or less',
    'mocks: { payments: { byName: api.stripe.com } }\n',
    ['devenv.config.yaml:1:30: mocks.payments.byName: true or false is expected, not `api.stripe.com`'],
  ],
  [
    'events that go to nobody, and an address instead of a process',
    'processes:\n  web: { command: x, port: 3000 }\nmocks: { payments: { webhook: wbe/hooks } }\n',
    ['devenv.config.yaml:3:31: mocks.payments.webhook: there is no `wbe`; did you mean `web`?'],
  ],
  [
    'data without a service, where there are two',
    'services:\n  a: { engine: postgres }\n  b: { engine: postgres }\ndata: { seed: [x.sql] }\n',
    ['devenv.config.yaml:4:1: data: says not which: a, b'],
  ],
  [
    'all of what is wrong with a list of data',
    [
      'services:',
      '  a: { engine: postgres }',
      '  b: { engine: postgres, database: postgres }',
      '  cache: { engine: redis }',
      '  late: { engine: redis, needs: [b] }',
      'data:',
      '  - { service: a, redis: [cache], migrate: { rnu: x }, reset: never }',
      '  - { seed: [x.sql] }',
      '  - { service: a, redis: [cache, late] }',
      '  - { service: b, spares: many }',
      'processes: { data-resets: { command: x } }',
    ].join('\n'),
    [
      "devenv.config.yaml:3:36: services.b.database: `postgres` belongs to the server itself, and data can't be kept of it: name one of your own",
      'devenv.config.yaml:7:35: data[0].migrate: `run` is missing',
      'devenv.config.yaml:7:46: data[0].migrate.rnu: unknown key `rnu`; did you mean `run`?',
      'devenv.config.yaml:7:63: data[0].reset: `never` is not hourly, daily, weekly, or a line of cron such as "0 4 * * *"',
      'devenv.config.yaml:8:5: data[1]: says not which: a, b',
      'devenv.config.yaml:9:16: data[2].service: `a` has its data already, at devenv.config.yaml:7',
      'devenv.config.yaml:9:27: data[2].redis[0]: `cache` goes with another database already, at devenv.config.yaml:7',
      'devenv.config.yaml:9:34: data[2].redis[1]: `late` needs `b` to start, and has no keys when that is loaded',
      'devenv.config.yaml:10:27: data[3].spares: a number is expected, not `many`',
      'devenv.config.yaml:11:14: processes.data-resets: needs the name for itself: it resets the data by data.reset',
    ],
  ],
  [
    'data that is neither a group nor a list',
    'services: { db: { engine: postgres } }\ndata: x.sql\n',
    ['devenv.config.yaml:2:7: data: has to be a group of keys, or a list of them'],
  ],
  [
    'a part of data over a list',
    [
      'services: { db: { engine: postgres } }',
      'data: [{ seed: [x.sql] }]',
      'environments:',
      '  preview: { data: { reset: daily } }',
      '  staging: { data: [{ reset: daily }] }',
    ].join('\n'),
    [
      'devenv.config.yaml:4:14: environments.preview.data: `data` is a list in devenv.config.yaml:2, which only a whole list can replace',
    ],
  ],
  [
    'data for a misspelt service',
    'services:\n  main: { engine: postgres }\ndata: { service: mian }\n',
    ['devenv.config.yaml:3:18: data.service: there is no `mian`; did you mean `main`?'],
  ],
  [
    'an unknown engine, and what else is wrong with the service',
    'services:\n  db: { engine: postgre, prot: 1 }\n',
    [
      'devenv.config.yaml:2:17: services.db.engine: unknown engine `postgre`; did you mean `postgres`? known: postgres, redis',
      'devenv.config.yaml:2:26: services.db.prot: unknown key `prot`; did you mean `port`?',
    ],
  ],
  [
    'an unknown engine, and what is wrong with the values of the service and of those that refer to it',
    'services:\n  db: { engine: nope, port: 70000, needs: 1 }\nenv: { A: "${db.nope}", B: "${db.user}" }\n',
    [
      'devenv.config.yaml:2:17: services.db.engine: unknown engine `nope`; known: postgres, redis',
      'devenv.config.yaml:2:29: services.db.port: `70000` is not a port, a whole number from 1 to 65535',
      'devenv.config.yaml:2:43: services.db.needs: a list is expected, not `1`',
      'devenv.config.yaml:3:11: env.A: ${db.nope}: `db` has no `nope`; known: url, host, port, user, password, database',
    ],
  ],
  [
    'neither an engine nor an image, and what else is wrong with the service',
    'services:\n  m: { ports: { smtp: 99999 } }\nenv: { A: "${m.smtp.url}", B: "${m.pop}" }\n',
    [
      'devenv.config.yaml:2:3: services.m: needs an `engine` (postgres, redis) or an `image`',
      'devenv.config.yaml:2:23: services.m.ports.smtp: `99999` is not a port, a whole number from 1 to 65535',
      'devenv.config.yaml:3:31: env.B: ${m.pop}: `m` has no `pop`; did you mean `port`? known: url, host, port, user, password, database, smtp, smtp.url, smtp.host, smtp.port',
    ],
  ],
  [
    'variables that stand for each other, but not one that takes its own weaker value',
    [
      'env: { A: "${B}", B: "x${C:-y}", C: "${A}", PATH: "./bin:${PATH}" }',
      'processes:',
      '  web: { command: x, env: { D: "${E}", E: "${D}", B: plain } }',
      '  worker: { command: x, env: { C: "${B}" } }',
    ].join('\n'),
    [
      'devenv.config.yaml:1:22: env.B: the values go round in a circle: C → B → C',
      'devenv.config.yaml:1:37: env.C: the values go round in a circle: A → B → C → A',
      'devenv.config.yaml:3:43: processes.web.env.E: the values go round in a circle: D → E → D',
    ],
  ],
  [
    'a misspelt engine key',
    'services:\n  db: { engin: redis }\n',
    ['devenv.config.yaml:2:9: services.db.engin: unknown key `engin`; did you mean `engine`?'],
  ],
  [
    'neither engine nor image',
    'services:\n  db: { env: {} }\n',
    ['devenv.config.yaml:2:3: services.db: needs an `engine` (postgres, redis) or an `image`'],
  ],
  [
    'an unknown version',
    'services:\n  db: { engine: postgres, version: 9 }\n',
    ['devenv.config.yaml:2:36: services.db.version: postgres 9 is not known; known majors: 13–18'],
  ],
  [
    'a minor version',
    'services:\n  db: { engine: postgres, version: "17.2" }\n',
    [
      'devenv.config.yaml:2:36: services.db.version: postgres 17.2 is more than a major version; write 17, or name an exact `image`',
    ],
  ],
  [
    'a setting of a wrong form',
    'services:\n  db: { engine: postgres, database: 9 lives }\n',
    ['devenv.config.yaml:2:37: services.db.database: `9 lives` is not a database name: letters, digits, _ and -'],
  ],
  [
    'a port out of range',
    'processes:\n  web: { command: x, port: 70000 }\n',
    ['devenv.config.yaml:2:28: processes.web.port: `70000` is not a port, a whole number from 1 to 65535'],
  ],
  [
    'a port that is text',
    'processes:\n  web: { command: x, port: http }\n',
    ['devenv.config.yaml:2:28: processes.web.port: a number is expected, not `http`'],
  ],
  [
    'a missing command',
    'processes:\n  web: { port: 1 }\n',
    ['devenv.config.yaml:2:3: processes.web: `command` is missing'],
  ],
  [
    'an unknown word',
    'processes:\n  web: { command: x, restart: allways }\n',
    [
      'devenv.config.yaml:2:31: processes.web.restart: unknown value `allways`; did you mean `always`? known: on-failure, always, no',
    ],
  ],
  [
    'a folder outside the project',
    'processes:\n  web: { command: x, cwd: a/../../b }\n',
    ['devenv.config.yaml:2:27: processes.web.cwd: `a/../../b` is not a folder inside the project, relative to it'],
  ],
  [
    'an unusable name',
    'processes:\n  My_App: { command: x }\n',
    [
      'devenv.config.yaml:2:3: processes.My_App: `My_App` is not a name: lower-case letters, digits and single dashes, a letter first, at most 31 characters',
    ],
  ],
  [
    'an unusable variable',
    'env:\n  MY-VAR: x\n',
    ['devenv.config.yaml:2:3: env.MY-VAR: `MY-VAR` is not the name of a variable: letters, digits and _'],
  ],
  [
    'a list as a variable',
    'env:\n  A: [x]\n',
    ['devenv.config.yaml:2:6: env.A: is neither text nor a number, true or false'],
  ],
  [
    'a mount that leaves the project',
    'services:\n  a: { image: x, volumes: ["./../x:/y"] }\n',
    [
      'devenv.config.yaml:2:28: services.a.volumes[0]: `./../x:/y` is not a mount: name:/path or ./folder:/path, with :ro at the end for reading only',
    ],
  ],
  [
    'an unknown need',
    'services:\n  cache: { engine: redis }\nprocesses:\n  web: { command: x, needs: [cahce] }\n',
    ['devenv.config.yaml:4:30: processes.web.needs[0]: there is no `cahce`; did you mean `cache`?'],
  ],
  [
    'a service that needs a process',
    'services:\n  a: { engine: redis, needs: [web] }\nprocesses:\n  web: { command: x }\n',
    ['devenv.config.yaml:2:31: services.a.needs[0]: `web` is a process; a service can only need services'],
  ],
  [
    'a cycle',
    'processes:\n  a: { command: x, needs: [b] }\n  b: { command: x, needs: [c] }\n  c: { command: x, needs: [b] }\n',
    ['devenv.config.yaml:4:28: processes.c.needs[0]: needs go round in a circle: b → c → b'],
  ],
  [
    'a process that needs itself',
    'processes:\n  a: { command: x, needs: [a] }\n',
    ['devenv.config.yaml:2:28: processes.a.needs[0]: needs go round in a circle: a → a'],
  ],
  [
    'one name for a service and a process',
    'services:\n  web: { engine: redis }\nprocesses:\n  web: { command: x }\n',
    ['devenv.config.yaml:4:3: processes.web: `web` is also the name of a service, at devenv.config.yaml:2'],
  ],
  [
    'two services with one name',
    'services:\n  db: { engine: postgres }\n  db: { engine: redis }\n',
    ['devenv.config.yaml:3:3: services.db: `db` is given twice; the first is on line 2'],
  ],
  [
    'a service that is given twice, and all else, with its last definition',
    [
      'services:',
      '  db: { engine: postgres, version: 17 }',
      '  db: { engine: redis, versoin: 8 }',
      '  cash: { engine: postgrs, needs: [bd] }',
      'env: { A: "${bd.url}" }',
    ].join('\n'),
    [
      'devenv.config.yaml:3:3: services.db: `db` is given twice; the first is on line 2',
      'devenv.config.yaml:3:24: services.db.versoin: unknown key `versoin`; did you mean `version`?',
      'devenv.config.yaml:4:19: services.cash.engine: unknown engine `postgrs`; did you mean `postgres`? known: postgres, redis',
      'devenv.config.yaml:4:36: services.cash.needs[0]: there is no `bd`; did you mean `db`?',
      'devenv.config.yaml:5:11: env.A: ${bd.url}: there is no `bd`; did you mean `db`?',
    ],
  ],
  [
    'a group that is given twice, and nothing that stands in one of them for missing',
    [
      'services:',
      '  db: &same { engine: postgres }',
      'processes:',
      '  web: { command: x, needs: [db, cash] }',
      'services:',
      '  cache: { engine: redis }',
      '  other: *same',
    ].join('\n'),
    [
      'devenv.config.yaml:4:34: processes.web.needs[1]: there is no `cash`; did you mean `cache`?',
      'devenv.config.yaml:5:1: services: `services` is given twice; the first is on line 1',
    ],
  ],
  [
    'a reference to nothing',
    'services:\n  db: { engine: postgres }\nenv:\n  A: ${bd.url}\n',
    ['devenv.config.yaml:4:6: env.A: ${bd.url}: there is no `bd`; did you mean `db`?'],
  ],
  [
    'a reference to an unknown attribute',
    'services:\n  db: { engine: postgres }\nenv:\n  A: "x ${db.hots}"\n',
    [
      'devenv.config.yaml:4:6: env.A: ${db.hots}: `db` has no `hots`; did you mean `host`? known: url, host, port, user, password, database',
    ],
  ],
  [
    'a reference without an attribute',
    'services:\n  db: { engine: postgres }\nenv:\n  A: ${db}\n',
    ['devenv.config.yaml:4:6: env.A: ${db} names no attribute; did you mean `${db.url}`?'],
  ],
  [
    'a reference to a process without a port',
    'processes:\n  web: { command: x }\nenv:\n  A: ${web.url}\n',
    ['devenv.config.yaml:4:6: env.A: ${web.url}: `web` has no `port`'],
  ],
  [
    'a reference from a service to a process',
    'services:\n  a: { engine: redis, env: { U: "${web.url}" } }\nprocesses:\n  web: { command: x, port: 1 }\n',
    ['devenv.config.yaml:2:33: services.a.env.U: ${web.url}: `web` is a process; a service can only refer to services'],
  ],
  [
    'a public address of what no browser calls',
    'services:\n  db: { engine: redis }\n  m: { image: x, ports: { web: 80 }, env: { U: "${m.publicUrl}", V: "${m.web.pubicUrl}" } }\nenv:\n  A: ${db.publicUrl}\n',
    [
      'devenv.config.yaml:3:69: services.m.env.V: ${m.web.pubicUrl}: `m` has no `web.pubicUrl`; did you mean `web.publicUrl`? known: url, host, port, web, web.url, web.host, web.port, publicUrl, web.publicUrl',
      'devenv.config.yaml:5:6: env.A: ${db.publicUrl}: `db` has no `publicUrl`; known: url, host, port, user, password',
    ],
  ],
  ['an unclosed reference', 'env:\n  A: ${X\n', ['devenv.config.yaml:2:6: env.A: a reference `${` has no closing `}`']],
  [
    'a port to wait for that there is not',
    'services:\n  m: { image: x, ports: { web: 80 }, ready: { http: "wbe/" } }\n',
    ['devenv.config.yaml:2:53: services.m.ready.http: `wbe` is none of its ports; did you mean `web`? known: web'],
  ],
  [
    'a path without a port',
    'processes:\n  web: { command: x, ready: { http: /a } }\n',
    ['devenv.config.yaml:2:37: processes.web.ready.http: a path can only answer on a `port`'],
  ],
  [
    'once and always',
    'processes:\n  web: { command: x, once: true, restart: always }\n',
    ["devenv.config.yaml:2:43: processes.web.restart: a process that runs `once` can't restart always"],
  ],
  [
    'keys of what is no Redis, or comes up too late',
    'services:\n  db: { engine: postgres }\n  late: { engine: redis, needs: [db] }\ndata: { redis: [late, db, chache] }\n',
    [
      'devenv.config.yaml:4:17: data.redis[0]: `late` needs `db` to start, and has no keys when that is loaded',
      'devenv.config.yaml:4:23: data.redis[1]: `db` is no Redis',
      'devenv.config.yaml:4:27: data.redis[2]: there is no `chache`; known: late',
    ],
  ],
  ['no group of keys', '- a\n', ['devenv.config.yaml:1:1: has to be a group of keys, such as `services:`']],
  [
    'a mistake in a tier that is not used',
    'environments:\n  staging:\n    procesess: {}\n',
    ['devenv.config.yaml:3:5: environments.staging.procesess: unknown key `procesess`; did you mean `processes`?'],
  ],
  [
    'a name in a tier',
    'environments:\n  staging: { name: x }\n',
    ['devenv.config.yaml:2:14: environments.staging.name: `name` can only be set in the base configuration'],
  ],
  [
    'a removal of nothing',
    'services:\n  mail: { image: x }\nenvironments:\n  staging:\n    services: { mial: null }\n',
    ['devenv.config.yaml:5:17: environments.staging.services.mial: there is no `mial` to remove; did you mean `mail`?'],
  ],
];

describe('problems of a configuration', () => {
  it.each(cases)('%s', async (_what, text, problems) => {
    expect(await problemsOf(yaml(text))).toEqual(problems);
  });

  it('are reported all at once, file by file and from the top', async () => {
    const base =
      'name: Shop\nservices:\n  db: { engine: postgres, version: 9 }\nprocesses:\n  web: { needs: [dv] }\nenv:\n  A: ${x.url}\n';
    expect(
      await problemsOf({ ...yaml(base), 'devenv.config.local.json': '{"hoks": {}}', '.env': null }, { env: ['x'] }),
    ).toEqual([
      expect.stringMatching(/^\.env: can't be read: it is a folder$/),
      '--env: `x` is not of the form NAME=value',
      expect.stringMatching(/^devenv\.config\.yaml:1:7: name: `Shop` is not a name/),
      'devenv.config.yaml:3:36: services.db.version: postgres 9 is not known; known majors: 13–18',
      'devenv.config.yaml:5:3: processes.web: `command` is missing',
      'devenv.config.yaml:5:18: processes.web.needs[0]: there is no `dv`; did you mean `db`?',
      'devenv.config.yaml:7:6: env.A: ${x.url}: there is no `x`; known: web, db',
      'devenv.config.local.json:1:2: hoks: unknown key `hoks`; did you mean `hooks`?',
    ]);
  });

  it('name the file that gave the value', async () => {
    const files = {
      ...yaml('services:\n  db: { engine: postgres, version: 17 }\n'),
      'devenv.config.local.yaml': 'services: { db: { version: 7 } }\n',
    };
    expect(await problemsOf(files)).toEqual([
      'devenv.config.local.yaml:1:28: services.db.version: postgres 7 is not known; known majors: 13–18',
    ]);
    expect(await problemsOf(files, { set: ['services.db.version=6'] })).toEqual([
      '--set: services.db.version: postgres 6 is not known; known majors: 13–18',
    ]);
  });

  it('name an unknown tier', async () => {
    expect(await problemsOf(yaml('environments: { qa: {} }\n'), { tier: 'stagin' })).toEqual([
      'devenv.config.yaml: environments: unknown tier `stagin`; did you mean `staging`? known: development, preview, staging, production, qa',
    ]);
    expect(await problemsOf(yaml('environments: { qa: {} }\n'), { tier: 'qa' })).toEqual([]);
  });
});
