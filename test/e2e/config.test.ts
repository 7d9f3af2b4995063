import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { expectFailure } from '../support/failure.ts';
import { commitAll } from '../support/git.ts';
import { type Machine, makeMachine, type Project } from '../support/project.ts';

const YAML = 'devenv.config.yaml';
const JSON_FILE = 'devenv.config.json';
const TS = 'devenv.config.ts';
const LOCAL = 'devenv.config.local.yaml';

let machine: Machine;
let project: Project;

beforeAll(async () => {
  machine = await makeMachine();
  project = await machine.project('shop', {});
});
afterEach(async () => {
  for (const name of await readdir(project.path)) await rm(join(project.path, name), { recursive: true });
});
afterAll(async () => {
  // Taking the machine down asks for a configuration.
  await project.write({ [YAML]: 'name: shop' });
  await machine[Symbol.asyncDispose]();
});

/** What one mistake says; every file is checked by a verb that changes nothing. */
interface Mistake {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly says: readonly (string | RegExp)[];
  readonly hides?: readonly string[];
}

const mistakes: readonly Mistake[] = [
  {
    what: 'broken YAML',
    files: { [YAML]: 'services:\n  db: { engine: postgres\nprocesses: {}\n' },
    says: ['devenv.config.yaml:3:1: '],
  },
  {
    what: 'broken JSON',
    files: { [JSON_FILE]: '{\n  "name": "shop",\n  "services": { "db": { "engine": "postgres" },, }\n}' },
    says: ['devenv.config.json:3:48: '],
  },
  {
    what: 'JSON with a comment',
    files: { [JSON_FILE]: '{\n  // shop\n  "name": "shop"\n}' },
    says: ['devenv.config.json:2:3: JSON allows no comments'],
  },
  {
    what: 'broken TypeScript',
    files: { [TS]: 'export default {\n  name: "shop",,\n};\n' },
    says: [/devenv\.config\.ts:2:\d+: /],
  },
  {
    what: 'TypeScript that never comes to an end',
    files: { [TS]: 'export default async () => { await new Promise(() => {}); return {}; };\n' },
    says: ['devenv.config.ts: failed to run: it awaits something that never comes'],
  },
  {
    what: 'TypeScript that is never loaded to its end',
    files: { [TS]: 'await new Promise(() => {});\nexport default {};\n' },
    says: ['devenv.config.ts: failed to run: it awaits something that never comes'],
  },
  {
    what: 'TypeScript that throws',
    files: { [TS]: 'const port: number = 1;\nif (port) throw new Error("no licence");\nexport default {};\n' },
    says: ['devenv.config.ts:2', 'no licence'],
  },
  {
    what: 'TypeScript that imports what is not there',
    files: { [TS]: 'import { port } from "./ports";\nexport default { name: String(port) };\n' },
    says: ['devenv.config.ts', "Cannot find module './ports'"],
  },
  {
    what: 'TypeScript without a default export',
    files: { [TS]: 'export const name = "shop";\n' },
    says: ['devenv.config.ts: has no default export'],
  },
  {
    what: 'a list instead of a group',
    files: { [YAML]: '- a\n- b\n' },
    says: ['devenv.config.yaml:1:1: has to be a group of keys'],
  },
  {
    what: 'two configurations',
    files: { [YAML]: 'name: a\n', [JSON_FILE]: '{}' },
    says: ['there is also devenv.config.json; keep one of them'],
  },
  {
    what: 'a configuration that is no text',
    files: { [YAML]: '\0\u0001' },
    says: ['devenv.config.yaml:1:'],
  },
  {
    what: 'an unknown key, with the nearest known one',
    files: { [YAML]: 'servics: {}\n' },
    says: ['devenv.config.yaml:1:1: servics: unknown key `servics`; did you mean `services`?'],
  },
  {
    what: 'an unknown key of a service in JSON',
    files: { [JSON_FILE]: '{\n  "services": {\n    "db": { "engine": "postgres", "extension": [] }\n  }\n}' },
    says: ['devenv.config.json:3:35: services.db.extension: unknown key `extension`; did you mean `extensions`?'],
  },
  {
    what: 'an unknown key of a process in TypeScript, by its key path',
    files: { [TS]: 'export default { processes: { web: { command: "node web.js", prot: 3000 } } };\n' },
    says: ['devenv.config.ts: processes.web.prot: unknown key `prot`; did you mean `port`?'],
  },
  {
    what: 'an unknown engine, with all that are known',
    files: { [YAML]: 'services:\n  db: { engine: postgers }\n' },
    says: [
      'devenv.config.yaml:2:17: services.db.engine: unknown engine `postgers`; did you mean `postgres`?',
      'known: postgres, redis',
    ],
  },
  {
    what: 'an unknown version, with all that are known',
    files: { [YAML]: 'services:\n  db: { engine: postgres, version: "9" }\n' },
    says: ['devenv.config.yaml:2:36: services.db.version: postgres 9 is not known; known majors: 13–18'],
  },
  {
    what: 'ports out of range',
    files: {
      [YAML]:
        'services:\n  db: { engine: postgres, port: 65536 }\nprocesses:\n  a: { command: a, port: 0 }\n  b: { command: b, port: -1 }\n  c: { command: c, port: 80.5 }\n',
    },
    says: [
      'devenv.config.yaml:2:33: services.db.port: `65536` is not a port, a whole number from 1 to 65535',
      'devenv.config.yaml:4:26: processes.a.port: `0` is not a port',
      'devenv.config.yaml:5:26: processes.b.port: `-1` is not a port',
      'devenv.config.yaml:6:26: processes.c.port: ',
    ],
  },
  {
    what: 'two services with one name in YAML',
    files: { [YAML]: 'services:\n  db: { engine: postgres }\n  db: { engine: redis }\n' },
    says: ['devenv.config.yaml:3:3: services.db: `db` is given twice; the first is on line 2'],
  },
  {
    what: 'two services with one name in JSON',
    files: { [JSON_FILE]: '{ "services": {\n"db": { "engine": "postgres" },\n"db": { "engine": "redis" } } }' },
    says: ['devenv.config.json:3:1: services.db: `db` is given twice; the first is on line 2'],
  },
  {
    what: 'a service and a process with one name',
    files: { [YAML]: 'services:\n  web: { engine: redis }\nprocesses:\n  web: { command: node web.js }\n' },
    says: ['devenv.config.yaml:4:3: processes.web: `web` is also the name of a service, at devenv.config.yaml:2'],
  },
  {
    what: 'a cycle in needs',
    files: {
      [YAML]:
        'services:\n  a: { engine: redis, needs: [b] }\n  b: { engine: redis, needs: [c] }\n  c: { engine: redis, needs: [a] }\n',
    },
    says: ['devenv.config.yaml:4:31: services.c.needs[0]: needs go round in a circle: a → b → c → a'],
  },
  {
    what: 'a process that needs itself',
    files: { [YAML]: 'processes:\n  web: { command: web, needs: [web] }\n' },
    says: ['needs go round in a circle: web → web'],
  },
  {
    what: 'needs of what is not there, with the nearest name',
    files: { [YAML]: 'services:\n  cache: { engine: redis }\nprocesses:\n  web: { command: web, needs: [cahce] }\n' },
    says: ['there is no `cahce`; did you mean `cache`?'],
  },
  {
    what: 'references to what is not there',
    files: { [YAML]: 'services:\n  db: { engine: postgres }\nenv:\n  A: ${bd.url}\n  B: ${db.ulr}\n  C: ${db.url\n' },
    says: [
      'devenv.config.yaml:4:6: env.A: ${bd.url}: there is no `bd`; did you mean `db`?',
      'devenv.config.yaml:5:6: env.B: ${db.ulr}: `db` has no `ulr`; did you mean `url`?',
      'devenv.config.yaml:6:6: env.C: a reference `${` has no closing `}`',
    ],
  },
  {
    what: 'variables that refer to each other',
    files: { [YAML]: 'env:\n  A: ${B}\n  B: ${A}\n' },
    args: ['env'],
    says: ['devenv.config.yaml:', 'the values go round in a circle: '],
  },
  {
    what: 'a variable that nothing sets',
    files: { [YAML]: 'env:\n  A: ${NOT_SET_ANYWHERE}\n' },
    args: ['env'],
    says: ['devenv.config.yaml:2: env.A: nothing sets ${NOT_SET_ANYWHERE}'],
  },
  {
    what: 'every problem of every file at once',
    files: {
      [YAML]:
        'nmae: shop\nservices:\n  db: { engine: postgress }\n  cache: { engine: redis, port: 99999, needs: [dbx] }\nprocesses:\n  web: { comand: web }\nenvironments:\n  staging:\n    services: { db: { verison: "17" } }\n',
      [LOCAL]: 'processs: {}\n',
      '.env/file': '',
    },
    args: ['config', '--set', 'foo=1', '--env', 'TOKEN-X=hunter2'],
    says: [
      'devenv.config.yaml:1:1: nmae: unknown key `nmae`',
      'devenv.config.yaml:3:17: services.db.engine: unknown engine `postgress`',
      'devenv.config.yaml:4:33: services.cache.port: ',
      'devenv.config.yaml:4:48: services.cache.needs[0]: there is no `dbx`',
      'devenv.config.yaml:6:10: processes.web.comand: unknown key `comand`; did you mean `command`?',
      'devenv.config.yaml:9:23: environments.staging.services.db.verison: unknown key `verison`',
      'devenv.config.local.yaml:1:1: processs: unknown key `processs`',
      ".env: can't be read: it is a folder",
      '--set: foo: unknown key `foo`',
      '--env: `TOKEN-X` is not of the form NAME=value',
    ],
    hides: ['hunter2'],
  },
  {
    what: 'an unknown tier, with the nearest known one',
    files: { [YAML]: 'environments:\n  canary: {}\n' },
    args: ['config', '--tier', 'canry'],
    says: ['unknown tier `canry`; did you mean `canary`?', 'known: development, preview, staging, production, canary'],
  },
  {
    what: 'a flag without a value',
    files: { [YAML]: 'name: shop\n' },
    args: ['config', '--set', 'services.db.version'],
    says: ['--set: `services.db.version` is not of the form key.path=value'],
  },
  {
    what: 'no configuration',
    files: {},
    says: ['no devenv.config.yaml, .json, .ts or .mjs in ', 'devenv demo'],
  },
];

describe('a mistake in the configuration', () => {
  it.each(mistakes)('is reported: $what', async ({ files, args = ['config'], says, hides = [] }) => {
    await project.write(files);
    expectFailure(await project.devenv(args), { code: 2, says, hides });
  });

  it('keeps up from making anything', async () => {
    await project.write({
      [YAML]: 'services:\n  db: { engine: postgress }\nprocesses:\n  web: { command: sleep 100 }\n',
    });
    expectFailure(await project.devenv(['up', '--detach']), { code: 2, says: ['unknown engine'] });
    const all = await project.json<readonly unknown[]>(['ls', '--json']);
    expect(all).not.toContainEqual(expect.objectContaining({ path: project.path }));
  });

  it('names the file as seen from the folder one is in', async () => {
    await project.write({ [YAML]: 'nmae: shop\n', 'src/web.js': '' });
    const result = await project.devenv(['config'], { cwd: join(project.path, 'src') });
    expectFailure(result, { code: 2, says: ['Error: ../devenv.config.yaml:1:1: nmae: '] });
  });
});

describe('one configuration in every format', () => {
  const config = {
    name: 'shop',
    services: { db: { engine: 'postgres', version: '17', extensions: ['pgcrypto'] } },
    processes: { web: { command: 'node web.js', port: 3000, ready: { http: '/health' }, needs: ['db'] } },
    env: { DATABASE_URL: '${db.url}', GREETING: 'hello "world"', LEVEL: '7' },
    environments: { preview: { env: { LEVEL: '8' } } },
  };
  const formats: readonly (readonly [file: string, text: string])[] = [
    [
      YAML,
      `name: shop
services:
  db: { engine: postgres, version: 17, extensions: [pgcrypto] }
processes:
  web:
    command: node web.js
    port: 3000
    ready: { http: /health }
    needs: [db]
env:
  DATABASE_URL: \${db.url}
  GREETING: hello "world"
  LEVEL: 7
environments:
  preview: { env: { LEVEL: 8 } }
`,
    ],
    ['devenv.config.yml', JSON.stringify(config)],
    [JSON_FILE, JSON.stringify(config)],
    [
      TS,
      `import { defineConfig } from 'devenv-cli';
type Level = 7 | 8;
const level: Level = 7;
export default defineConfig(${JSON.stringify(config).replace('"LEVEL":"7"', '"LEVEL":level')});\n`,
    ],
    [
      'devenv.config.mjs',
      `export default ({ tier }) => ({ ...${JSON.stringify(config)}, ...(tier === '' ? { name: 'other' } : {}) });\n`,
    ],
  ];

  it('gives the same result', async () => {
    const results: string[] = [];
    for (const [file, text] of formats) {
      await project.write({ [file]: text });
      for (const tier of ['development', 'preview']) {
        results.push((await project.ok(['config', '--json', '--tier', tier])).stdout);
      }
      await rm(join(project.path, file));
    }
    const [development = '', preview = ''] = results;
    expect(JSON.parse(development)).toMatchObject({
      name: 'shop',
      services: { db: { engine: 'postgres', version: '17', extensions: ['pgcrypto'] } },
      processes: { web: { command: 'node web.js', port: 3000, needs: ['db'] } },
      env: { LEVEL: '7' },
    });
    expect(JSON.parse(preview).env.LEVEL).toBe('8');
    expect(results).toEqual(formats.flatMap(() => [development, preview]));
  });
});

describe('devenv config', () => {
  const files = {
    [YAML]:
      'name: shop\nservices:\n  db: { engine: postgres, version: "17" }\nprocesses:\n  web: { command: node web.js }\nenv:\n  API_KEY: sk-live-4242\n  URL: https://me:hunter2@api.example\nenvironments:\n  preview:\n    services: { db: { version: "15" } }\n',
    [LOCAL]: 'processes:\n  web: { port: 4000 }\n',
    '.env': 'A=1\nSMTP_PASSWORD=hunter3\n',
    '.env.local': '\nA=2\n',
  };
  const secrets = ['sk-live-4242', 'hunter2', 'hunter3'];

  it('explains every value with its layer and place', async () => {
    await project.write(files);
    const args = [
      'config',
      '--explain',
      '--json',
      '--tier',
      'preview',
      '--set',
      'processes.web.restart=always',
      '-e',
      'B=3',
    ];
    const { stdout } = await project.ok(args);
    const found = JSON.parse(stdout) as { path: string; value: unknown; layer: string; place: string }[];
    const explained = Object.fromEntries(found.map(({ path, ...rest }) => [path, Object.values(rest)]));
    expect(explained).toMatchObject({
      name: ['shop', 'base', 'devenv.config.yaml:1'],
      'services.db.version': ['15', 'tier', 'devenv.config.yaml:11'],
      'services.db.engine': ['postgres', 'base', 'devenv.config.yaml:3'],
      'processes.web.port': [4000, 'local', 'devenv.config.local.yaml:2'],
      'processes.web.restart': ['always', 'flag', '--set'],
      'processes.web.once': [false, 'default', ''],
      'env.A': ['2', '.env.local', '.env.local:2'],
      'env.B': ['3', 'flag', '--env B'],
      'env.API_KEY': ['****', 'base', 'devenv.config.yaml:7'],
      'env.SMTP_PASSWORD': ['****', '.env', '.env:2'],
    });
    for (const secret of secrets) expect(stdout).not.toContain(secret);
  });

  it.each([[['config']], [['config', '--json']], [['config', '--explain']]])('shows no secret: %j', async (args) => {
    await project.write(files);
    const { stdout } = await project.ok(args);
    expect(stdout).toContain('node web.js');
    for (const secret of secrets) expect(stdout).not.toContain(secret);
  });

  it('removes with null what a weaker layer has', async () => {
    await project.write({ ...files, [LOCAL]: 'services: { db: null }\n' });
    const { services } = await project.json<{ services: object }>(['config', '--json']);
    expect(services).toEqual({});
  });

  it('is not touched by a .env file that it reads', async () => {
    const content = 'A=1 # one\n\nexport B="2"\n';
    await project.write({ [YAML]: 'name: shop\n', '.env': content });
    await writeFile(join(project.path, '.env.local'), 'C=3\n');
    await project.ok(['env']);
    const { readFile } = await import('node:fs/promises');
    expect(await readFile(join(project.path, '.env'), 'utf8')).toBe(content);
    expect((await readdir(project.path)).sort()).toEqual(['.env', '.env.local', YAML]);
  });
});

describe('the command line', () => {
  const usage: readonly (readonly [args: readonly string[], says: readonly string[]])[] = [
    [['upp'], ["unknown command 'upp'", 'Did you mean up?']],
    [['stauts'], ["unknown command 'stauts'", 'Did you mean status?']],
    [
      ['up', '--detch'],
      ["unknown option '--detch'", 'Did you mean --detach?', 'devenv up --help'],
    ],
    [['status', 'web'], ["too many arguments for 'status'"]],
    [
      ['up', 'wbe'],
      ['there is no wbe', 'Did you mean web?'],
    ],
    [
      ['up', '--runtime', 'podman'],
      ['podman', 'Allowed choices are docker, embedded.'],
    ],
    [
      ['up', '--timeout', 'soon'],
      ['--timeout: "soon" is no duration', 'Write 90, 90s, 2m or 1h.'],
    ],
    [['up', '--cwd', '/no/such/folder'], ['there is no folder /no/such/folder']],
    [['run'], ["missing required argument 'command'", 'devenv run --help']],
    [['run', '--', 'no-such-program'], ['there is no command no-such-program']],
    [
      ['logs', 'wbe'],
      ['there is no wbe in this configuration', 'Did you mean web?'],
    ],
    [['logs', '--grep', '('], ['--grep: Invalid regular expression']],
    [['logs', '--since', 'yesterday'], ['--since: "yesterday" is no date and no duration']],
    [['logs', '--since', '2026-13-45'], ['--since: "2026-13-45" is no date']],
    [['logs', '--tail', 'many'], ['--tail: "many" is no number of lines']],
    [
      ['restart', 'wbe'],
      ['there is no wbe in this configuration', 'Did you mean web?'],
    ],
    [['psql'], ['this configuration has no postgres service']],
    [
      ['shell', 'cahce'],
      ['there is no service cahce', 'Did you mean cache?'],
    ],
    [
      ['redis', '--service', 'cahce'],
      ['there is no service cahce', 'Did you mean cache?'],
    ],
    [['env', 'why'], ['devenv env why VARIABLE']],
    [
      ['env', 'why', 'DVE_PROJCET'],
      ['no place gives a value for DVE_PROJCET', 'Did you mean DVE_PROJECT?'],
    ],
    [
      ['env', '--format', 'toml'],
      ['toml', 'Allowed choices are dotenv, json, shell.'],
    ],
  ];

  it.each(usage)('refuses %j', async (args, says) => {
    await project.write({
      [YAML]:
        'name: shop\nruntime: embedded\nservices: { cache: { engine: redis, version: 7 } }\nprocesses: { web: { command: sleep 100 } }\n',
    });
    expectFailure(await project.devenv(args), { code: 2, says });
  });

  it('refuses a working folder that is gone', async () => {
    const gone = join(project.path, 'gone');
    await project.write({ [YAML]: 'name: shop\n', 'gone/file': '' });
    const script = `cd "${gone}" && rm -r "${gone}" && exec "$0" "$@"`;
    const { BIN } = await import('../support/project.ts');
    const { execa } = await import('execa');
    const {
      exitCode = -1,
      stdout,
      stderr,
    } = await execa('sh', ['-c', script, process.execPath, BIN, 'up'], {
      env: machine.env,
      extendEnv: false,
      reject: false,
    });
    expectFailure({ code: exitCode, stdout, stderr }, { code: 2, says: ['the working folder no longer exists'] });
  });

  it('without arguments shows every verb', async () => {
    const { code, stdout, stderr } = await project.devenv([]);
    expect([code, stdout]).toEqual([2, '']);
    for (const { name, summary } of commands) {
      expect(stderr).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
      expect(stderr.replace(/\s+/g, ' ')).toContain(summary);
    }
  });

  it.each(commands.map(({ name }) => name))('has help for %s with an example and exit codes', async (name) => {
    const { stdout, stderr } = await project.ok([name, '--help']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(new RegExp(`Examples:\\n {2}.*devenv ${name}`));
    expect(stdout).toMatch(/Exit codes:\n {2}0 +done\n {2}1 +a bug in devenv\n {2}2 +wrong usage or configuration/);
    expect(stdout).not.toMatch(/undefined|\[object/);
    // Outside a project that has it as a dependency, these would fetch a package from the registry.
    expect(stdout).not.toMatch(/npx|npm (?:exec|x|init|create)|pnpm dlx|yarn dlx|bunx/);
    expect((await project.ok(['help', name])).stdout).toBe(stdout);
  });
});

describe('a local layer', () => {
  it('that git would offer to commit is warned of, until git ignores it or has it', async () => {
    await project.write({ [YAML]: 'name: shop', '.gitignore': '' });
    await commitAll(project.path);
    await project.write({ [LOCAL]: 'env: { A: "1" }' });
    const said = async () => (await project.ok(['up', '--detach'])).stderr;
    expect(await said()).toContain(
      `Warning: git does not ignore ${LOCAL}; add this line to .gitignore: devenv.config.local.*`,
    );
    await project.write({ '.gitignore': 'devenv.config.local.*\n' });
    expect(await said()).not.toContain('Warning');
    await project.write({ '.gitignore': '' });
    await commitAll(project.path);
    expect(await said()).not.toContain('Warning');
  });
});
