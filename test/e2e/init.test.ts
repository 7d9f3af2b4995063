import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InitResult } from '../../src/app/init.ts';
import { expectFailure } from '../support/failure.ts';
import { git } from '../support/git.ts';
import { type Machine, makeMachine, type Project } from '../support/project.ts';

const FILE = 'devenv.config.yaml';

let machine: Machine;
beforeAll(async () => {
  machine = await makeMachine();
});
afterAll(() => machine[Symbol.asyncDispose]());

async function project(files: Readonly<Record<string, string>> = {}, name = `init-${randomUUID()}`): Promise<Project> {
  return machine.project(name, files);
}

const read = ({ path }: Project, name: string) => readFile(join(path, name), 'utf8');

describe('init', () => {
  it('writes, says what each line is based on, and adds to .gitignore once', async () => {
    const own = await project({
      'package.json': '{\n  "name": "own",\n  "scripts": { "dev": "vite" }\n}',
      '.gitignore': 'dist',
    });
    await git(own.path, 'init', '--quiet');
    const { stdout, stderr } = await own.ok(['init']);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/processes\.web +package\.json:3 +script dev/);
    expect(await read(own, '.gitignore')).toBe('dist\ndevenv.config.local.*\n');
    await rm(join(own.path, FILE));
    await own.ok(['init']);
    expect(await read(own, '.gitignore')).toBe('dist\ndevenv.config.local.*\n');
    expect((await own.ok(['config'])).stdout).toContain('port: 5173');
  });

  it('makes a .gitignore in a checkout only, and none where one above does it', async () => {
    const plain = await project();
    await plain.ok(['init']);
    await expect(read(plain, '.gitignore')).rejects.toThrow('ENOENT');
    const top = await project({ 'apps/a/package.json': '{}' });
    await git(top.path, 'init', '--quiet');
    await top.ok(['init', 'apps/a']);
    expect(await read(top, 'apps/a/.gitignore')).toBe('devenv.config.local.*\n');
    await top.write({ '.gitignore': 'devenv.config.local.*\r\n', 'apps/b/package.json': '{}' });
    await top.ok(['init', 'apps/b']);
    await expect(read(top, 'apps/b/.gitignore')).rejects.toThrow('ENOENT');
  });

  it('writes through no .gitignore that is a link: git does not follow it', async () => {
    const own = await project({ 'shared/ignored': 'dist\n' });
    await git(own.path, 'init', '--quiet');
    await symlink('shared/ignored', join(own.path, '.gitignore'));
    const { stderr } = await own.ok(['init']);
    expect(stderr).toContain('(it is a link, which git does not follow: make it a file); add devenv.config.local.*');
    expect(await read(own, 'shared/ignored')).toBe('dist\n');
  });

  it('never overwrites a configuration, whatever its form, and shadows none', async () => {
    for (const name of [FILE, 'devenv.config.json', 'devenv.config.ts']) {
      const own = await project({ [name]: 'mine', 'sub/package.json': '{}' });
      for (const args of [['init'], ['init', 'sub']]) {
        expectFailure(await own.devenv(args), { code: 5, says: [name, 'devenv init --dry-run'] });
      }
      expect(await read(own, name)).toBe('mine');
      await expect(read(own, `sub/${FILE}`)).rejects.toThrow('ENOENT');
    }
  });

  it('does not write through a link that leads nowhere yet', async () => {
    const own = await project();
    await symlink(join(own.path, 'target.yaml'), join(own.path, FILE));
    expectFailure(await own.devenv(['init']), { code: 5, says: ['is there already'] });
    await expect(read(own, 'target.yaml')).rejects.toThrow('ENOENT');
  });

  it('with --dry-run prints the file alone, also beside one that is there, and writes nothing', async () => {
    const own = await project({ 'package.json': '{ "scripts": { "dev": "next dev" } }', [FILE]: 'name: mine\n' });
    await git(own.path, 'init', '--quiet');
    const { stdout, stderr } = await own.ok(['init', '--dry-run']);
    expect(stderr).toContain(`${FILE} describes this folder already, so init would refuse`);
    expect(stdout).toContain('command: npm run dev');
    expect(await read(own, FILE)).toBe('name: mine\n');
    await expect(read(own, '.gitignore')).rejects.toThrow('ENOENT');
    await writeFile(join(own.path, FILE), stdout);
    expect((await own.ok(['config', '--json'])).stdout).toContain('npm run dev');
  });

  it('gives all of it as data with --json', async () => {
    const own = await project({
      'package.json': '{ "dependencies": { "pg": "8" } }',
      '.env.example': 'SECRET=verysecret',
    });
    const result = await own.json<InitResult>(['init', '--json']);
    expect(result).toMatchObject({
      folder: own.path,
      file: FILE,
      written: true,
      config: { services: { db: { engine: 'postgres' } }, env: { DATABASE_URL: '${db.url}' } },
      unset: [{ name: 'SECRET', evidence: { file: '.env.example', line: 1 } }],
      ignored: null,
    });
    expect(result.basedOn).toContainEqual({
      path: 'services.db',
      file: 'package.json',
      line: 1,
      what: 'depends on pg',
    });
    expect(JSON.stringify(result)).not.toContain('verysecret');
  });

  it('says which files it could not use, and goes on', async () => {
    const own = await project({
      'package.json': '{ "name": "own", ',
      'compose.yaml': 'services: {db: {image: postgres:16}\n',
      'pyproject.toml': '[project\n',
      Procfile: 'web: node web.js\r\n',
      'web/package.json': ' '.repeat(2_000_000),
    });
    await symlink('/etc/hostname', join(own.path, '.env.example'));
    await symlink('.', join(own.path, 'loop'));
    await mkdir(join(own.path, 'Gemfile'));
    const { stderr } = await own.ok(['init']);
    for (const name of ['package.json:1', 'compose.yaml:', 'pyproject.toml:1', 'web/package.json', '.env.example']) {
      expect(stderr).toMatch(new RegExp(`^ {2}${name.replaceAll('.', '\\.')}`, 'm'));
    }
    expect(await read(own, FILE)).toContain('command: node web.js\n');
  });

  it('in an empty folder with a name that no project can have writes an example', async () => {
    const own = await project({}, '9 Ünï!');
    const { stderr } = await own.ok(['init']);
    expect(stderr).toContain('Nothing was found here');
    expect(await read(own, FILE)).toContain('# Nothing was found here');
    await own.ok(['config']);
  });

  it.each([
    ['nowhere', 'there is no folder'],
    ['file', 'is no folder'],
  ])('refuses %s as a folder', async (folder, says) => {
    const own = await project({ file: '' });
    expectFailure(await own.devenv(['init', folder]), { code: 2, says: [says] });
  });
});

describe('init --template', () => {
  it('makes a repository with one commit, under its own name', async () => {
    const base = await project();
    await base.ok(['init', '--template', 'shop', 'My Tea']);
    const folder = join(base.path, 'My Tea');
    expect(await readFile(join(folder, FILE), 'utf8')).toContain('name: my-tea\n');
    expect(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).name).toBe('my-tea');
    expect(JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')).packages[''].name).toBe('my-tea');
    expect(await git(folder, 'log', '--format=%s')).toBe('The shop template');
    expect(await git(folder, 'status', '--porcelain')).toBe('');
  });

  it('says how to go on as a line that a shell takes for what it is', async () => {
    const base = await project();
    const { stderr } = await base.ok(['init', '--template', 'api', 'we ird $(x)']);
    expect(stderr).toContain(`cd '${join(base.path, 'we ird $(x)')}' && npm install`);
  });

  it('refuses a folder with something in it, and a name that there is not', async () => {
    const own = await project({ 'a.txt': 'mine' });
    for (const args of [[], ['--dry-run']]) {
      expectFailure(await own.devenv(['init', '--template', 'api', ...args]), { code: 5, says: ['is not empty'] });
    }
    expectFailure(await own.devenv(['init', '--template', 'apo', 'new']), { code: 2, says: ['Did you mean api?'] });
    const { stdout } = await own.ok(['init', '--template', 'api', 'new', '--dry-run', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'new', written: false });
    await expect(read(own, `new/${FILE}`)).rejects.toThrow('ENOENT');
  });

  it('takes a new repository as empty, and makes none inside of another', async () => {
    const own = await project();
    await git(own.path, 'init', '--quiet');
    const { files, git: repository } = await own.json<{ files: string[]; git: string }>([
      'init',
      '--template',
      'api',
      '--json',
    ]);
    expect(repository).toBe('inside another');
    expect(files).toContain('.gitignore');
    expect(files.filter((name) => name.startsWith('.git/'))).toEqual([]);
  });
});
