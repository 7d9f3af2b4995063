import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectFailure } from '../support/failure.ts';
import { type Machine, makeMachine, type Project } from '../support/project.ts';

const FILE = 'devenv.config.json';
const LOCAL = 'devenv.config.local.mjs';

let machine: Machine;
let project: Project;

beforeAll(async () => {
  machine = await makeMachine();
  project = await machine.project('shop', { [FILE]: '{}' });
});
afterAll(() => machine[Symbol.asyncDispose]());

const write = (config: object) => project.write({ [FILE]: JSON.stringify({ runtime: 'embedded', ...config }) });

/** In the configuration a dollar sign before a brace has to be doubled. */
const escaped = (value: string) => value.replaceAll('$', '$$$$');

const VALUES: Readonly<Record<string, string>> = {
  EMPTY: '',
  PLAIN: 'hello',
  SPACES: '  before, between and after  ',
  HASH: 'a # no comment',
  HASH_AT_ONCE: '#fff',
  EQUALS: 'a=b=c',
  DOLLAR: 'cost: $5, $HOME, ${HOME}, $(whoami), $$',
  BACKTICKS: '`whoami`',
  SINGLE: "it's",
  DOUBLE: 'say "hi"',
  SINGLE_AND_DOUBLE: `it's "fine"`,
  ALL_QUOTES: `' " \``,
  BACKSLASHES: 'C:\\new\\table\\',
  BACKSLASH_AND_QUOTE: `it's \\n`,
  LINES: 'one\ntwo\n\nfour\n',
  LINES_AND_QUOTES: `one's\n"two"\n`,
  LINES_AND_ALL_QUOTES: `'\n"\n\``,
  CARRIAGE_RETURN: 'one\r\ntwo',
  TAB: 'a\tb',
  UNICODE: 'zażółć gęślą jaźń, 日本語, 🎉, e\u0301',
  SEMICOLON: 'a; rm -rf /tmp/nothing & true | false > /dev/null',
  EXCLAMATION: 'wow!!',
  JSON: '{"a": ["b", null, 1.5]}',
  PEM: '-----BEGIN KEY-----\nMIIB+/=\n-----END KEY-----\n',
  GLOB: '*.* ~ [a-z]?',
  LONG: 'x'.repeat(20_000),
};

describe('devenv env', () => {
  beforeAll(() =>
    write({ env: Object.fromEntries(Object.entries(VALUES).map(([key, value]) => [key, escaped(value)])) }),
  );

  const expected = expect.objectContaining(VALUES);

  it('round-trips through json', async () => {
    expect(await project.json(['env', '--format', 'json'])).toEqual(expected);
  });

  it('round-trips through dotenv', async () => {
    const { stdout } = await project.ok(['env', '--format', 'dotenv'], { stripFinalNewline: false });
    expect(parse(stdout)).toEqual(expected);
    expect(stdout).toBe((await project.ok(['env'], { stripFinalNewline: false })).stdout);
  });

  it('round-trips through a .env file that devenv reads itself', async () => {
    const { stdout } = await project.ok(['env'], { stripFinalNewline: false });
    const other = await machine.project('other', { [FILE]: '{ "runtime": "embedded" }', '.env': stdout });
    expect(await other.json(['env', '--format', 'json'])).toEqual(expected);
  });

  it.each(['sh', 'bash'])('round-trips through eval in %s', async (shell) => {
    const script = `eval "$("$0" "$1" env --format shell)" && exec "$0" -p "JSON.stringify(process.env)"`;
    const { BIN } = await import('../support/project.ts');
    const options = { cwd: project.path, env: machine.env, extendEnv: false } as const;
    const { stdout } = await execa(shell, ['-c', script, process.execPath, BIN], options);
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it('reaches a command that it runs', async () => {
    const { stdout } = await project.ok(['run', '--', process.execPath, '-p', 'JSON.stringify(process.env)']);
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it('leaves the shell alone unless asked', async () => {
    const env = { ...machine.env, FROM_SHELL: 'yes' };
    expect(JSON.parse((await project.ok(['env', '--format', 'json'], { env })).stdout)).not.toHaveProperty(
      'FROM_SHELL',
    );
    const all = JSON.parse((await project.ok(['env', '--format', 'json', '--all'], { env })).stdout);
    expect(all).toHaveProperty('FROM_SHELL', 'yes');
  });
});

describe('a value that a .env file has no way to write', () => {
  const value = `'"\`#\n`;

  it('is refused in that format alone, without being shown', async () => {
    await write({ env: { ODD: value } });
    const result = await project.devenv(['env']);
    expectFailure(result, { code: 4, says: ["the value of ODD can't be written", '--format json'], hides: [value] });
    expect(await project.json(['env', '--format', 'json'])).toHaveProperty('ODD', value);
  });
});

describe('devenv env why', () => {
  /** Every place that can give a value, the strongest first. */
  const places: readonly (readonly [value: string, layer: string, place: string])[] = [
    ['from-flag', 'flag', '--env V'],
    ['from-local', 'local', 'devenv.config.local.yaml:2'],
    ['from-tier', 'tier', 'devenv.config.json:6'],
    ['from-base', 'base', 'devenv.config.json:3'],
    ['from-env-local', '.env.local', '.env.local:3'],
    ['from-env', '.env', '.env:2'],
    ['from-shell', 'shell', 'the shell'],
  ];

  /** The same project without the strongest `skipped` places. */
  async function why(skipped: number, variable = 'V', extra: readonly string[] = []): Promise<string> {
    const has = (layer: string) => places.slice(skipped).some((place) => place[1] === layer);
    const base = has('base') ? '"V": "from-base"' : '';
    const tier = has('tier') ? '"V": "from-tier"' : '';
    await project.write({
      [FILE]: `{ "runtime": "embedded",\n"env": {\n${base}\n},\n"environments": { "preview": { "env": {\n${tier}\n} } } }`,
      'devenv.config.local.yaml': has('local') ? 'env:\n  V: from-local\n' : '',
      '.env': has('.env') ? '# one\nV=from-env\n' : '',
      '.env.local': has('.env.local') ? '\n\nV=from-env-local\n' : '',
    });
    const flags = has('flag') ? ['-e', 'V=from-flag'] : [];
    const env = has('shell') ? { ...machine.env, V: 'from-shell' } : machine.env;
    return (await project.ok(['env', 'why', variable, '--tier', 'preview', ...flags, ...extra], { env })).stdout;
  }

  const described = (layer: string, place: string) => `${layer} (${place})`;

  it.each(places.map((place, index) => [place[1], index] as const))(
    'lets %s win over all that follow',
    async (_, index) => {
      const [winner, ...losers] = places.slice(index);
      expect((await why(index)).split('\n')).toEqual([
        `V=${winner?.[0]}`,
        `  won: ${described(winner?.[1] ?? '', winner?.[2] ?? '')}`,
        ...losers.map(([value, layer, place]) => `  lost: ${described(layer, place)}  ${value}`),
      ]);
    },
  );

  it('lets nothing win over what devenv mints', async () => {
    expect((await why(7, 'DVE_PROJECT', ['-e', 'DVE_PROJECT=mine'])).split('\n')).toEqual([
      'DVE_PROJECT=shop',
      '  won: minted (devenv)',
      '  lost: flag (--env DVE_PROJECT)  mine',
    ]);
  });

  it('names those that get another value, with its place', async () => {
    await project.write({ 'devenv.config.local.yaml': '', '.env': '', '.env.local': '' });
    await write({
      services: { cache: { engine: 'redis', version: '7', env: { FOO: 'cached' } } },
      processes: {
        web: { command: 'exec sleep 100', port: 13_777, env: { FOO: 'proc' } },
        worker: { command: 'exec sleep 100', env: { BAR: 'bar', FOO: 'base' } },
      },
      env: { FOO: 'base', AT: 'port ${PORT:-none}' },
    });
    const lines = async (name: string) => (await project.ok(['env', 'why', name])).stdout.split('\n');
    expect(await lines('FOO')).toEqual([
      'FOO=base',
      '  won: base (devenv.config.json:1)',
      '  cache: services.cache  cached',
      '  web: processes.web.env  proc',
    ]);
    const [said, ...own] = await lines('PORT');
    expect(said).toBe('PORT has a value for single ones only');
    expect(own).toEqual([expect.stringMatching(/^ {2}web: minted \(devenv\) {2}\d+$/)]);
    expect(await lines('AT')).toEqual([
      'AT=port none',
      '  won: base (devenv.config.json:1)',
      expect.stringMatching(/^ {2}web: base \(devenv.config.json:1\) {2}port \d+$/),
    ]);
    expect(await lines('BAR')).toEqual(['BAR has a value for single ones only', '  worker: processes.worker.env  bar']);
    expectFailure(await project.devenv(['env', 'why', 'BAZ']), { code: 2, says: ['no place gives a value for BAZ'] });
    await project.write({ 'devenv.config.local.yaml': '', '.env': '', '.env.local': '' });
  });

  it('shows no secret', async () => {
    await write({ env: { API_TOKEN: 'hunter2', URL: 'postgres://me:hunter3@db/shop' } });
    const env = { ...machine.env, API_TOKEN: 'hunter4' };
    const { stdout } = await project.ok(['env', 'why', 'API_TOKEN'], { env });
    expect(stdout).toContain('API_TOKEN=****');
    expect(stdout).toContain('lost: shell (the shell)  ****');
    expect((await project.ok(['env', 'why', 'URL'])).stdout).toContain('URL=postgres://me:****@db/shop');
  });
});

describe('what is not for every reader', () => {
  it('is left out: a name that no shell takes', async () => {
    await write({ env: { A: 'one' } });
    await project.write({ '.env': 'X.Y=two\n' });
    const { stdout, stderr } = await project.ok(['env', '--format', 'shell']);
    expect(stdout).not.toContain('X.Y');
    expect(stderr).toBe('X.Y is left out: no shell can have a variable of that name.');
    const shell = await execa('sh', ['-c', `${stdout}\necho "$A"`]);
    expect(shell.stdout).toBe('one');
    expect(JSON.parse((await project.ok(['env', '--format', 'json'])).stdout)).toMatchObject({
      A: 'one',
      'X.Y': 'two',
    });
    await project.write({ '.env': '' });
  });

  it('goes to standard error: what a configuration prints', async () => {
    const printing =
      'console.log("loading"); export default () => { console.log("called"); return { env: { A: "1" } }; };';
    const other = await machine.project('printing', { 'devenv.config.mjs': printing, [LOCAL]: printing });
    const { stdout, stderr } = await other.ok(['env', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ A: '1' });
    expect(stderr).toBe('loading\ncalled\nloading\ncalled');
  });

  it.each(['', undefined])('is the home folder of the user when the variable for it is %j', async (HOME) => {
    await write({});
    const { HOME: _, ...others } = machine.env;
    const env = { ...others, ...(HOME === undefined ? {} : { HOME }) };
    // Programs such as npm write into the folder that they are called in when it is empty.
    expect((await project.ok(['run', '--', 'printenv', 'HOME'], { env })).stdout).toBe(userInfo().homedir);
  });
});

describe('an unreadable .env', () => {
  it('never shows what it holds', async () => {
    await write({});
    await project.write({ '.env': 'SECRET=hunter2\n\xff' });
    const { writeFile } = await import('node:fs/promises');
    await writeFile(
      join(project.path, '.env'),
      Buffer.from([0x53, 0x3d, 0x68, 0x75, 0x6e, 0x74, 0x65, 0x72, 0x32, 0xff]),
    );
    const before = await readFile(join(project.path, '.env'));
    expectFailure(await project.devenv(['env']), {
      code: 2,
      says: [".env: can't be read: it is not UTF-8 text"],
      hides: ['hunter2'],
    });
    expect(await readFile(join(project.path, '.env'))).toEqual(before);
  });
});
