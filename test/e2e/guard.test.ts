import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { GuardReport } from '../../src/app/guard/report.ts';
import { expectFailure } from '../support/failure.ts';
import { git } from '../support/git.ts';
import { expectUntold } from '../support/leaks.ts';
import { lineKeys, liveKeys, mintedKeys, type SampleKey, webhookSecrets } from '../support/live-keys.ts';
import { BIN, makeMachine, type Project } from '../support/project.ts';

const KEYS = liveKeys();
const [KEY, ...MORE] = lineKeys() as [SampleKey, ...SampleKey[]];
const MARK = ['devenv-guard', 'allow'].join(': ');
const PLAIN = {
  'devenv.config.yaml': 'processes: { web: { command: "true" } }\n',
  '.gitignore': '.env*\nsecrets/\n*.local.*\n',
};
const envLines = (keys: readonly SampleKey[]) =>
  keys.map(({ value }, index) => `K${index}="${value.replaceAll('\n', '\\n')}"`);
const yamlOf = (keys: readonly SampleKey[], indent: string) =>
  keys.map(({ value }, index) => `${indent}K${index}: ${JSON.stringify(value)}`).join('\n');

/** A file with all keys, a line each from `first` on, and the files that make it one in which a key can hide. */
interface Place {
  readonly file: string;
  readonly first: number;
  readonly files: (keys: readonly SampleKey[]) => Readonly<Record<string, string>>;
}

const text = (file: string, before: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Place => ({
  file,
  first: before.length + 1,
  files: (keys) => ({ ...more, [file]: [...before, ...envLines(keys), ''].join('\n') }),
});
const yaml = (
  file: string,
  before: readonly string[],
  indent: string,
  more: Readonly<Record<string, string>> = {},
): Place => ({
  file,
  first: before.length + 1,
  files: (keys) => ({ ...more, [file]: `${[...before, yamlOf(keys, indent)].join('\n')}\n` }),
});
const composed = (lines: string) => ({ 'compose.yaml': `services:\n  app:\n    image: app\n${lines}\n` });

const PLACES: Readonly<Record<string, Place>> = {
  'the configuration': yaml('devenv.config.yaml', ['env:'], '  '),
  'the local configuration, which git ignores': yaml('devenv.config.local.yaml', ['env:'], '  '),
  '.env, which git ignores': text('.env', ['# mine']),
  '.env.production': text('.env.production'),
  '.envrc of direnv': text('.envrc', ['layout node']),
  'a .env further down': text('apps/web/.env.local'),
  'environment of a compose file': yaml(
    'compose.yaml',
    ['services:', '  app:', '    image: app', '    environment:'],
    '      ',
  ),
  'build arguments of a compose file': yaml(
    'docker-compose.override.yml',
    ['services:', '  app:', '    build:', '      context: .', '      args:'],
    '        ',
  ),
  'env_file of a compose file': text('secrets/app', [], composed('    env_file: ./secrets/app')),
  'one of several of env_file': text(
    'secrets/more',
    [],
    composed('    env_file:\n      - path: "./secrets/${WHICH:-more}"\n        required: false'),
  ),
  'label_file of a compose file': text('secrets/labels', [], composed('    label_file: ./secrets/labels')),
  'env_file of a second document': text('secrets/second', [], {
    'compose.yaml': 'services: {}\n---\nservices:\n  app: { image: app, env_file: ./secrets/second }\n',
  }),
  'env_file of an included file that git ignores': text('secrets/app', [], {
    'compose.yaml': 'include:\n  - path: ./secrets/more.yml\n    project_directory: .\n',
    'secrets/more.yml': 'services: { app: { image: app, env_file: ./secrets/app } }\n',
  }),
  'an included file that git ignores': yaml(
    'secrets/more.yml',
    ['services:', '  app:', '    image: app', '    environment:'],
    '      ',
    { 'compose.yaml': 'include: secrets/more.yml\n' },
  ),
  'what an extended file names': text('secrets/deep/app', [], {
    'compose.yaml': 'services: { app: { extends: { file: secrets/base.yml, service: app } } }\n',
    'secrets/base.yml': 'services: { app: { image: app, env_file: deep/app } }\n',
  }),
  'secrets of a compose file': text('secrets/key', [], composed('secrets:\n  key:\n    file: ./secrets/key')),
  'a Dockerfile': text('Dockerfile', ['FROM scratch']),
  'a source that nobody has added yet': text('src/pay.ts'),
  'a name with spaces and a line end': text('a file\nof two lines.txt'),
};

describe.concurrent('devenv guard finds a live key', () => {
  it.each(Object.entries(PLACES))('in %s', async (_place, { file, first, files }) => {
    await using machine = await makeMachine();
    const project = await repository(machine, { ...PLAIN, ...files(KEYS) });
    const result = await project.devenv(['guard', '--json']);
    expect(result.code, result.stderr).toBe(4);
    const { finds, failures } = JSON.parse(result.stdout) as GuardReport;
    const shown = file.replace('\n', '\\n');
    expect(finds).toEqual(
      KEYS.map(({ provider, starts }, index) => {
        return { file: shown, line: first + index, variable: `K${index}`, provider, starts, commit: null };
      }),
    );
    expect(failures).toEqual([]);
    expectUntold(result, KEYS);
    const told = await project.devenv(['guard']);
    expect(told.code).toBe(4);
    for (const { provider, starts } of KEYS)
      expect(told.stdout).toMatch(new RegExp(`${provider} +${starts.replace('.', '\\.')}…`));
    expect(told.stderr).toContain(`${KEYS.length} live keys`);
    expectUntold(told, KEYS);
  });

  it('in the index, whatever the file looks like by now', async () => {
    await using machine = await makeMachine();
    const names = [
      'plain.txt',
      'with spaces',
      'with\nline end',
      '-rf',
      'bytes.bin',
      'utf16.env',
      'unmarked.env',
      'swapped.env',
      'dir/--staged',
    ];
    const project = await repository(machine, PLAIN);
    const body = `a\n${envLines(KEYS).join('\n')}\n`;
    await project.write(Object.fromEntries(names.map((name) => [name, body])));
    await writeFile(
      join(project.path, 'bytes.bin'),
      Buffer.concat([Buffer.from([0, 255, 254, 10]), Buffer.from(body)]),
    );
    await writeFile(join(project.path, 'utf16.env'), Buffer.from(`\ufeff${body}`, 'utf16le'));
    await writeFile(join(project.path, 'unmarked.env'), Buffer.from(body, 'utf16le'));
    await writeFile(join(project.path, 'swapped.env'), Buffer.from(body, 'utf16le').swap16());
    await git(project.path, 'add', '--all');
    await project.write(Object.fromEntries(names.map((name) => [name, 'nothing\n'])));
    const result = await project.devenv(['guard', '--staged', '--json']);
    const { finds } = JSON.parse(result.stdout) as GuardReport;
    for (const name of names) {
      const here = finds.filter(({ file }) => file === name.replace('\n', '\\n'));
      expect(
        here.map(({ starts }) => starts),
        name,
      ).toEqual(KEYS.map(({ starts }) => starts));
    }
    expectUntold(result, KEYS);
    expect(result.code).toBe(4);
    // And only there.
    await git(project.path, 'add', '--all');
    await project.write({ 'plain.txt': body });
    await project.ok(['guard', '--staged']);
  });

  it('that any commit of a branch has added, also one that a later commit takes out', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, { ...PLAIN, 'old.txt': envLines(MORE).join('\n') });
    await git(project.path, 'switch', '--quiet', '--create', 'topic');
    await commit(project, { 'src/a file.ts': envLines(KEYS).join('\n') });
    const added = (await git(project.path, 'rev-parse', '--short=12', 'HEAD')).trim();
    await commit(project, { 'src/a file.ts': 'clean\n', 'old.txt': `${envLines(MORE).join('\n')}\nmore\n` });
    await project.write({ 'not-committed.txt': KEY.value });
    const result = await project.devenv(['guard', '--base', 'main', '--json']);
    expect(result.code).toBe(4);
    const { finds } = JSON.parse(result.stdout) as GuardReport;
    expect(finds.map(({ file, line, starts, commit: by }) => [file, line, starts, by])).toEqual(
      KEYS.map(({ starts }, index) => ['src/a file.ts', index + 1, starts, added]),
    );
    expectUntold(result, [...KEYS, ...MORE]);
    expect((await project.devenv(['guard', '--base', 'topic'])).code).toBe(0);
  });

  it('that a merge alone has added, and none that its other side brings', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, PLAIN);
    await git(project.path, 'switch', '--quiet', '--create', 'topic');
    await commit(project, { 'topic.txt': 'topic\n' });
    await git(project.path, 'switch', '--quiet', 'main');
    await commit(project, { 'main.txt': envLines(MORE).join('\n') });
    await git(project.path, 'switch', '--quiet', 'topic');
    await git(project.path, 'merge', '--quiet', '--no-commit', '--no-ff', 'main');
    await commit(project, { 'merged.txt': KEY.value });
    const { stdout } = await project.devenv(['guard', '--base', 'main', '--json']);
    expect((JSON.parse(stdout) as GuardReport).finds.map(({ file }) => file)).toEqual(['merged.txt']);
  });

  it('that is renamed with its file, and none where a file goes', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, { ...PLAIN, 'old.txt': KEY.value, 'gone.txt': KEY.value });
    await git(project.path, 'mv', 'old.txt', 'new name.txt');
    await git(project.path, 'rm', '--quiet', 'gone.txt');
    const { stdout } = await project.devenv(['guard', '--staged', '--json']);
    expect((JSON.parse(stdout) as GuardReport).finds.map(({ file }) => file)).toEqual(['new name.txt']);
  });

  it('behind the first ten million bytes of a file, and none behind a link out of the checkout', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, {
      ...PLAIN,
      'large.sql': `${'x'.repeat(99)}\n`.repeat(150_000) + KEY.value,
    });
    await writeFile(join(machine.folder, 'elsewhere'), KEY.value);
    await symlink(join(machine.folder, 'elsewhere'), join(project.path, 'link'));
    await git(project.path, 'add', '--all');
    for (const args of [['guard'], ['guard', '--base', 'main~0'], ['guard', '--staged']]) {
      const { stdout } = await project.devenv([...args, '--json']);
      const finds = (JSON.parse(stdout) as GuardReport).finds.map(({ file, line }) => `${file}:${line}`);
      expect(finds).toEqual(args.length === 1 ? ['large.sql:150001'] : []);
    }
  });

  it('in .env where that is a link that git has, and in the text of a link', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, { 'devenv.config.yaml': 'processes: {}\n' });
    await writeFile(join(machine.folder, 'elsewhere'), `a\nPAY=${KEY.value}`);
    await symlink(join(machine.folder, 'elsewhere'), join(project.path, '.env'));
    await symlink(KEY.value, join(project.path, 'link'));
    expect(await found(project)).toEqual(['.env:2', 'link:1']);
    await git(project.path, 'add', '--all');
    expect(await found(project)).toEqual(['.env:2', 'link:1']);
    expect(await found(project, ['--staged'])).toEqual(['link:1']);
  });

  it('in what git has and the work tree has not', async () => {
    await using machine = await makeMachine();
    const body = envLines(KEYS).join('\n');
    const project = await repository(machine, { ...PLAIN, 'gone.txt': body, 'deep/sparse.txt': body, 'kept.txt': 'a' });
    await rm(join(project.path, 'gone.txt'));
    await git(project.path, 'update-index', '--skip-worktree', 'deep/sparse.txt');
    await rm(join(project.path, 'deep'), { recursive: true });
    const lines = KEYS.map((_, index) => index + 1);
    expect(await found(project)).toEqual(
      ['deep/sparse.txt', 'gone.txt'].flatMap((name) => lines.map((line) => `${name}:${line}`)),
    );
    await git(project.path, 'rm', '--quiet', 'gone.txt', '--sparse', 'deep/sparse.txt');
    await project.ok(['guard']);
  });

  it('that the shell has and a compose file asks for', async () => {
    await using machine = await makeMachine();
    const lines = ['services:', '  app:', '    image: app', '    environment:', '      - PAY', '      - A=${OTHER:-x}'];
    const more = ['    build: { args: { BUILD: } }', 'secrets:', '  key: { environment: HELD }'];
    const project = await repository(machine, { ...PLAIN, 'compose.yaml': [...lines, ...more].join('\n') });
    const shell = Object.fromEntries(['PAY', 'OTHER', 'BUILD', 'HELD', 'NOBODY'].map((name) => [name, KEY.value]));
    const env = { ...project.env, ...shell };
    const result = await project.devenv(['guard', '--json'], { env });
    const { finds } = JSON.parse(result.stdout) as GuardReport;
    expect(finds.map(({ line, variable, fromShell }) => [line, variable, fromShell])).toEqual([
      [5, 'PAY', true],
      [6, 'OTHER', true],
      [7, 'BUILD', true],
      [9, 'HELD', true],
    ]);
    expect((await project.devenv(['guard'], { env })).stdout).toMatch(
      /compose\.yaml:5 +PAY +Stripe +sk_live_… +of the shell/,
    );
    expectUntold(result, [KEY]);
    await project.ok(['guard']);
  });

  it('that up would refuse, whatever the configuration allows or the mocks hold', async () => {
    await using machine = await makeMachine();
    const openai = MORE.find(({ provider }) => provider === 'OpenAI')?.value ?? '';
    const mocks = 'mocks: { payments: { stripe: sandbox }, keys: { stripe: { variable: REAL } } }\n';
    const project = await repository(machine, {
      ...{ '.gitignore': '.env\n', 'devenv.config.yaml': `guard: { allow: [PAY, AI] }\n${mocks}` },
      '.env': `PAY=${KEY.value}\nREAL=${KEY.value}\nAI=${openai}\n`,
    });
    expect(await found(project)).toEqual(['.env:1', '.env:2']);
  });

  it('in the files of another project than the one that allows it', async () => {
    await using machine = await makeMachine();
    const body = `AI=${MORE.find(({ provider }) => provider === 'OpenAI')?.value ?? ''}\n`;
    const allowing = 'guard: { allow: [AI] }\n';
    const project = await repository(machine, {
      ...{ '.gitignore': '.env\n', 'app/devenv.config.yaml': allowing, 'app/deep/other/devenv.config.yaml': '' },
      ...{ '.env': body, 'app/.env': body, 'app/deep/.env': body, 'app/deep/other/.env': body },
    });
    expect(await found(project, ['--cwd', 'app'])).toEqual(['.env:1', 'app/deep/other/.env:1']);
  });

  it('in a webhook secret that is in git, and not in that of one person', async () => {
    await using machine = await makeMachine();
    const [secret] = webhookSecrets();
    const line = `STRIPE_WEBHOOK_SECRET=${secret}\n`;
    const project = await repository(machine, { ...PLAIN, '.env': line });
    await project.ok(['guard']);
    await project.write({ 'app.env.example': line });
    const { stdout, code } = await project.devenv(['guard', '--json']);
    expect([code, (JSON.parse(stdout) as GuardReport).finds.map(({ file }) => file)]).toEqual([4, ['app.env.example']]);
  });
});

describe.concurrent('devenv guard has nothing to say', () => {
  it('of minted keys, wherever they are', async () => {
    await using machine = await makeMachine();
    const body = mintedKeys().join('\n');
    const project = await repository(machine, { ...PLAIN, '.env': body, 'a.txt': body });
    await project.write({ 'b.txt': body });
    await git(project.path, 'add', '--all');
    for (const args of [[], ['--staged'], ['--base', 'HEAD']]) {
      expect((await project.ok(['guard', ...args])).stderr).toMatch(/^No live key: \d+ files? looked through\.$/);
    }
  });

  it('of lines that somebody has accepted, but how many', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, { ...PLAIN, 'test.ts': `const key = '${KEY.value}'; // ${MARK}\n` });
    expect((await project.ok(['guard'])).stderr).toContain('1 key accepted');
  });

  it('of variables in ignored files that the configuration allows; in git they stay', async () => {
    await using machine = await makeMachine();
    const aws = MORE.find(({ provider }) => provider === 'AWS')?.value ?? '';
    const allowing = { 'devenv.config.yaml': 'guard: { allow: [AWS_ACCESS_KEY_ID] }\n', '.gitignore': '.env\n' };
    const project = await repository(machine, { ...allowing, '.env': `AWS_ACCESS_KEY_ID=${aws}\n` });
    expect((await project.ok(['guard'])).stderr).toContain('1 key accepted');
    await project.write({ 'deploy.sh': `AWS_ACCESS_KEY_ID=${aws}\n` });
    expect((await project.devenv(['guard'])).stdout).toContain('deploy.sh:1');
  });
});

it('is called by the workflow of the templates as that has it', async () => {
  await using machine = await makeMachine();
  const project = await repository(machine, { ...PLAIN, 'package.json': '{}' });
  const workflow = await readFile(join(import.meta.dirname, '..', '..', 'templates', 'guard.yml'), 'utf8');
  const line = /- run: (.*devenv guard.*)/.exec(workflow)?.[1] ?? '';
  const bin = join(project.path, 'node_modules', '.bin');
  await mkdir(bin, { recursive: true });
  await programs(bin);
  const BASE = (await git(project.path, 'rev-parse', 'HEAD')).trim();
  const run = () =>
    execa('sh', ['-c', line], { cwd: project.path, env: { ...project.env, BASE }, extendEnv: false, reject: false });
  await commit(project, { 'a.txt': 'a\n' });
  expect(await run()).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('No live key: 1 file looked through'),
  });
  await commit(project, { 'b.txt': KEY.value });
  expect(await run()).toMatchObject({ exitCode: 4, stdout: expect.stringContaining('b.txt:1') });
});

it('finds nothing in this repository', async () => {
  await using machine = await makeMachine();
  const project = await machine.project('any', {});
  const { stderr } = await project.ok(['guard'], { cwd: join(import.meta.dirname, '..', '..') });
  expect(Number(/No live key: (\d+) files/.exec(stderr)?.[1])).toBeGreaterThan(1_000);
});

describe.concurrent('a scan that fails is a find', () => {
  it.each<[string, readonly string[], string]>([
    ['where there is no git', ['guard'], 'git is not installed'],
    ['where there is no such commit', ['guard', '--base', 'nowhere'], 'there is no commit nowhere'],
    ['where the commit is a flag', ['guard', '--base', '--output=x'], 'there is no commit --output=x'],
    ['where the commit is an option of ours', ['guard', '--base=-rf'], 'there is no commit -rf'],
  ])('%s', async (_case, args, says) => {
    await using machine = await makeMachine();
    const project = await repository(machine, PLAIN);
    const env = says.includes('installed') ? { ...project.env, PATH: '/nonexistent' } : project.env;
    expectFailure(await project.devenv(args, { env }), { code: 4, says: ['nothing was looked through', says] });
  });

  it('outside of a repository, and with a history that is cut off', async () => {
    await using machine = await makeMachine();
    const plain = await machine.project('plain', PLAIN);
    expectFailure(await plain.devenv(['guard']), { code: 4, says: ['it is no git repository'] });
    const project = await repository(machine, PLAIN);
    await git(project.path, 'switch', '--quiet', '--orphan', 'other');
    await commit(project, { 'a.txt': 'a' });
    expectFailure(await project.devenv(['guard', '--base', 'main']), {
      code: 4,
      says: ['no commit in common', 'fetch-depth'],
    });
  });

  it('with an object that is lost', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, PLAIN);
    await project.write({ 'a.txt': 'something else\n' });
    await git(project.path, 'add', 'a.txt');
    const object = (await git(project.path, 'rev-parse', ':a.txt')).trim();
    await rm(join(project.path, '.git', 'objects', object.slice(0, 2), object.slice(2)));
    expectFailure(await project.devenv(['guard', '--staged']), {
      code: 4,
      says: ['not everything was looked through'],
    });
  });

  it('with a configuration or a compose file that can not be read', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, { ...PLAIN, 'devenv.config.yaml': 'env: [\n' });
    const broken = await project.devenv(['guard']);
    expect([broken.code, broken.stderr]).toEqual([4, expect.stringContaining('Not read: devenv.config.yaml')]);
    await project.write({ ...PLAIN, 'compose.yaml': 'services: { app: { env_file: "./${UNSET_FOR_ALL}" } }' });
    const { code, stdout } = await project.devenv(['guard', '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([4, { finds: [], failures: [{ file: 'compose.yaml' }] }]);
  });

  it('without a key that stands in why', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, PLAIN);
    for (const compose of [
      `services: { app: { env_file: "\${UNSET_FOR_ALL}/${KEY.value}.env" } }`,
      `services: { app: { env_file: [ *${KEY.value} ] } }`,
      `services: { app: { env_file: "${KEY.value}/" } }`,
    ]) {
      await project.write({ 'compose.yaml': compose, [`${KEY.value}/a`]: '' });
      for (const format of [[], ['--json']]) {
        const result = await project.devenv(['guard', ...format]);
        expect([result.code, result.stdout + result.stderr]).toEqual([4, expect.stringContaining('compose.yaml')]);
        expectUntold(result, [KEY]);
      }
    }
  });
});

describe.concurrent('a compose file that can not be understood is a find', () => {
  it.each<[string, string, string]>([
    ['an indent that is off', 'services:\n  a:\n    env_file: x\n   b: {}\n', 'same column'],
    ['a quote that is left open', 'services:\n  a: { env_file: "x }\n', 'closing "quote'],
    ['a list', '- services\n', 'it is no group of keys'],
    ['a second document that is no group', 'services: {}\n---\n- a\n', 'it is no group of keys'],
    ['a folder for env_file', 'services: { a: { env_file: folder } }\n', 'folder: it is no file'],
    ['a folder for another file', 'include: folder\n', 'is a folder'],
  ])('%s', async (_case, text, says) => {
    await using machine = await makeMachine();
    const project = await repository(machine, { ...PLAIN, 'compose.yaml': text, 'folder/a.txt': 'a\n' });
    const { code, stderr } = await project.devenv(['guard']);
    expect([code, stderr]).toEqual([4, expect.stringContaining(says)]);
  });

  it.each([
    ['tags of its own', 'services: { a: { image: x, ports: !reset [], env_file: !override [gone] } }\n'],
    ['nothing in it', '# later\n'],
    ['several documents, and numbers for keys', 'services: {}\n---\nx-a: { 1: b }\n---\n'],
    ['what another machine has', 'include: [oci://example.com/a, "https://example.com/a.git#main:b.yaml"]\n'],
    ['files that include each other, and one that is not there', 'include: [compose.yaml, gone.yml]\n'],
  ])('but not %s', async (_case, text) => {
    await using machine = await makeMachine();
    const project = await repository(machine, { ...PLAIN, 'compose.yaml': text });
    await project.ok(['guard']);
  });
});

describe.concurrent('the pre-commit hook', () => {
  it('is written where there is none, and keeps a live key out of every kind of commit', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, { ...PLAIN, 'tracked.txt': 'a\n', 'other.txt': 'a\n' });
    expect((await project.ok(['init', '--hook'])).stderr).toContain('.git/hooks/pre-commit looks for live keys');
    expect((await project.ok(['init', '--hook'])).stderr).toContain('has it already');
    const tries = commitWith(project, await programs(machine.folder));
    await project.write({ 'tracked.txt': `PAY=${KEY.value}\n`, 'other.txt': 'b\n' });
    for (const args of [['--all'], ['--only', 'tracked.txt'], ['--include', 'tracked.txt']]) {
      const refused = await tries(args);
      expect([args, refused.code, refused.stdout + refused.stderr]).toEqual([
        args,
        1,
        expect.stringContaining('tracked.txt:1'),
      ]);
      expectUntold(refused, [KEY]);
    }
    expect((await tries(['--only', 'other.txt'])).code).toBe(0);
    const worktree = join(machine.folder, 'linked');
    await git(project.path, 'worktree', 'add', '--quiet', worktree);
    await writeFile(join(worktree, 'new.txt'), KEY.value);
    await git(worktree, 'add', 'new.txt');
    expect((await tries([], worktree)).code).toBe(1);
    // Without devenv nobody has looked, and so nothing is committed.
    expect(await commitWith(project, '/usr/bin:/bin')(['--only', 'other.txt', '--allow-empty'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nobody has looked'),
    });
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[], string]>([
    ['a hook that is there', { '.git/hooks/pre-commit': '#!/bin/sh\ntrue\n' }, [], '.git/hooks/pre-commit'],
    ['core.hooksPath', {}, ['core.hooksPath', 'ci/hooks'], 'ci/hooks/pre-commit'],
    ['husky', { '.husky/pre-commit': 'npm test\n' }, ['core.hooksPath', '.husky/_'], '.husky/pre-commit'],
    ['lefthook', { 'lefthook.yml': 'pre-push: {}\n' }, [], 'lefthook.yml'],
    ['pre-commit', { '.pre-commit-config.yaml': 'repos: []\n' }, [], '.pre-commit-config.yaml'],
  ])('is left to %s, with what belongs into it', async (_case, files, config, where) => {
    await using machine = await makeMachine();
    const project = await repository(machine, PLAIN);
    await project.write(files);
    if (config.length > 0) await git(project.path, 'config', ...config);
    const before = await git(project.path, 'hash-object', '--', ...Object.keys(files));
    const { stderr } = await project.ok(['init', '--hook']);
    expect(stderr).toContain(`${where} is left as it is`);
    expect(stderr).toContain('devenv guard --staged');
    expect(await git(project.path, 'hash-object', '--', ...Object.keys(files))).toBe(before);
    expect(await project.json(['init', '--hook', '--json'])).toMatchObject({ state: 'to add', file: where });
  });

  it('is not taken for one where a comment names it, or where git would not run it', async () => {
    await using machine = await makeMachine();
    const project = await repository(machine, PLAIN);
    const hook = join(project.path, '.git', 'hooks', 'pre-commit');
    await writeFile(hook, '#!/bin/sh\n# devenv guard --staged\n', { mode: 0o755 });
    expect(await project.json(['init', '--hook', '--json'])).toMatchObject({ state: 'to add' });
    await writeFile(hook, '#!/bin/sh\ntrue && devenv guard --staged\n');
    expect((await project.ok(['init', '--hook'])).stderr).toContain('has it already: devenv guard --staged');
    await chmod(hook, 0o644);
    const { stderr } = await project.ok(['init', '--hook']);
    expect(stderr).toContain("git doesn't run it: it is not executable: chmod +x .git/hooks/pre-commit");
    await rm(hook);
    await symlink('nowhere', hook);
    expect((await project.ok(['init', '--hook'])).stderr).toContain('it is a link that leads nowhere');
  });

  it('finds nothing to hook into outside of a repository', async () => {
    await using machine = await makeMachine();
    const project = await machine.project('plain', PLAIN);
    expectFailure(await project.devenv(['init', '--hook']), { code: 5, says: ['it is no git repository'] });
  });
});

async function repository(
  machine: Awaited<ReturnType<typeof makeMachine>>,
  files: Readonly<Record<string, string>>,
): Promise<Project> {
  const project = await machine.project('shop', files);
  await git(project.path, 'init', '--quiet', '--initial-branch', 'main');
  // What is in one commit all at once is the repository; sources that nobody has added are put there later.
  const staged = Object.keys(files).filter((name) => name !== 'src/pay.ts' && name !== '.env');
  await git(project.path, 'add', '--', ...(await notIgnored(project, staged)));
  await git(project.path, 'commit', '--quiet', '--message', 'All of it');
  return project;
}

async function found(project: Project, args: readonly string[] = []): Promise<readonly string[]> {
  const result = await project.devenv(['guard', ...args, '--json']);
  expectUntold(result, KEYS);
  const { finds, failures } = JSON.parse(result.stdout) as GuardReport;
  expect(failures).toEqual([]);
  return finds.map(({ file, line }) => `${file}:${line}`);
}

async function notIgnored({ path }: Project, names: readonly string[]): Promise<readonly string[]> {
  const ignored = await git(path, 'check-ignore', '--', ...names).catch(() => '');
  return names.filter((name) => !ignored.split('\n').includes(name));
}

async function commit(project: Project, files: Readonly<Record<string, string>>): Promise<void> {
  await project.write(files);
  await git(project.path, 'add', '--', ...Object.keys(files));
  await git(project.path, 'commit', '--quiet', '--message', 'More');
}

/** PATH with `devenv` on it. */
async function programs(folder: string): Promise<string> {
  await writeFile(join(folder, 'devenv'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`, { mode: 0o755 });
  return `${folder}:${process.env.PATH}`;
}

function commitWith({ path, env }: Project, PATH: string) {
  return async (args: readonly string[], cwd = path) => {
    const { exitCode, stdout, stderr } = await execa('git', ['commit', '--quiet', '--message', 'A', ...args], {
      ...{ cwd, extendEnv: false, reject: false },
      env: {
        ...env,
        PATH,
        GIT_AUTHOR_NAME: 't',
        GIT_AUTHOR_EMAIL: 't@t',
        GIT_COMMITTER_NAME: 't',
        GIT_COMMITTER_EMAIL: 't@t',
      },
    });
    return { code: exitCode ?? -1, stdout, stderr };
  };
}
