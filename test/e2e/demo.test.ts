import { access, mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import { commands } from '../../src/cli/commands.ts';
import { expectFailure } from '../support/failure.ts';
import { processesWith } from '../support/processes.ts';
import { BIN, makeMachine } from '../support/project.ts';
import { until } from '../support/until.ts';

const CHECKOUT = join(import.meta.dirname, '..', '..');
/** Npm's own settings are in the home folder. */
const HOME = process.env.HOME ?? '';
const FLAGS = ['--detach', '--runtime', 'embedded', '-e', 'GREETING=hello', '--set', 'processes.worker=null'];

describe('devenv demo', () => {
  it('that is cut off goes on when it is asked for again, and leaves git nothing to say', async () => {
    await using machine = await makeMachine({ HOME });
    const here = await machine.project('here', {});
    const folder = join(here.path, 'the shop');
    const options = { cwd: here.path, env: machine.env, extendEnv: false, reject: false, stdin: 'ignore' } as const;
    const demo = execa(process.execPath, [BIN, 'demo', 'the shop', ...FLAGS], options);
    await until('npm runs', async () =>
      (await processesWith(machine.folder)).some(({ command }) => command.startsWith('npm install')),
    );
    demo.kill('SIGTERM');
    const { exitCode, stderr } = await demo;
    expect(exitCode).toBe(143);
    expect(stderr).toContain(`The demo is half-made. devenv demo '${folder}' goes on with it.`);
    expect(stderr).not.toContain('devenv up goes on');

    const again = await here.ok(['demo', 'the shop', ...FLAGS]);
    expect(again.stderr).toContain(`Go on in it: cd '${folder}', then`);
    // `up` had its own flags.
    const { stdout } = await here.ok(['status', '--json'], { cwd: folder });
    const states = (JSON.parse(stdout) as Status).processes.map(({ name, state }) => [name, state]);
    expect(Object.fromEntries(states)).toMatchObject({ web: 'ready', worker: 'missing' });
    await here.ok(['down', '--data', '--yes'], { cwd: folder });
    await access(join(folder, 'node_modules', '.bin', 'devenv'));
    expect((await execa('git', ['status', '--porcelain'], { cwd: folder })).stdout).toBe('');
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    expect(manifest.devDependencies['devenv-cli']).toContain('file:');

    // Whole, and somebody's own from now on.
    const says = [`${folder} is not empty`];
    expectFailure(await here.devenv(['demo', 'the shop', ...FLAGS]), { code: 2, says });
  });

  it('says what it would do, and does none of it', async () => {
    await using machine = await makeMachine();
    const here = await machine.project('here', {});
    const folder = `'${join(here.path, 'the shop')}'`;
    const { stdout } = await here.ok(['demo', 'the shop', '--dry-run']);
    expect(stdout.split('\n')).toEqual([
      `copy the shop to ${folder}`,
      `install its dependencies with npm in ${folder}`,
      `make a git repository of ${folder}`,
      `devenv up in ${folder}`,
    ]);
    expect(await readdir(here.path)).toEqual([]);
  });

  it("does not touch somebody's folder", async () => {
    await using machine = await makeMachine();
    const here = await machine.project('here', { 'mine/notes.txt': 'mine', file: '' });
    expectFailure(await here.devenv(['demo', 'mine']), { code: 2, says: ['mine is not empty', 'devenv demo DIR'] });
    expectFailure(await here.devenv(['demo', 'file']), { code: 2, says: ['file is a file', 'devenv demo DIR'] });
  });

  it('does not touch a folder in which another devenv makes one', async () => {
    await using machine = await makeMachine();
    const here = await machine.project('here', {});
    await mkdir(join(here.path, 'shop'));
    const stat = (await readFile(`/proc/${process.pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
    const maker = JSON.stringify({ pid: process.pid, start: stat[19] });
    await writeFile(join(here.path, 'shop', '.devenv-demo-unfinished'), maker);
    expectFailure(await here.devenv(['demo', 'shop']), { code: 2, says: ['shop is not empty'] });
  });

  it.each([
    ['inside', 'inside'],
    ['./deep/inside', 'inside'],
    [join(CHECKOUT, 'inside'), 'inside'],
    ['.', 'devenv-demo'],
  ])('is not made inside the checkout of devenv: %s', async (name, instead) => {
    await using machine = await makeMachine();
    const here = await machine.project('here', {});
    const outside = join(dirname(await realpath(CHECKOUT)), instead);
    const says = ['is inside the checkout of devenv', `Name a folder outside of it: devenv demo ${outside}`];
    expectFailure(await here.devenv(['demo', name], { cwd: CHECKOUT }), { code: 2, says });
    await expect(access(join(CHECKOUT, 'inside'))).rejects.toThrow('ENOENT');
  });

  it('takes the flags of up, but for the folder', () => {
    const flagsOf = (verb: string) => commands.find(({ name }) => name === verb)?.options.map(({ flags }) => flags);
    expect(flagsOf('demo')).toEqual(flagsOf('up')?.filter((flags) => flags !== '-C, --cwd <folder>'));
  });
});
