import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { expectFailure } from '../support/failure.ts';
import { processesWith } from '../support/processes.ts';
import { BIN, makeMachine } from '../support/project.ts';
import { until } from '../support/until.ts';

const CHECKOUT = join(import.meta.dirname, '..', '..');
/** Npm's own settings are in the home folder. */
const HOME = process.env.HOME ?? '';
const FLAGS = [
  '--dry-run',
  '--runtime',
  'embedded',
  '--plain',
  '-e',
  'GREETING=hello',
  '--set',
  'processes.worker=null',
];

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
    // What `up` would do, by its own flags.
    expect(again.stdout).toMatch(/start-process web/);
    expect(again.stdout).not.toContain('worker');
    await access(join(folder, 'node_modules', '.bin', 'devenv'));
    expect((await execa('git', ['status', '--porcelain'], { cwd: folder })).stdout).toBe('');
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    expect(manifest.devDependencies['devenv-cli']).toContain('file:');

    // Whole, and somebody's own from now on.
    const says = [`${folder} is not empty`];
    expectFailure(await here.devenv(['demo', 'the shop', ...FLAGS]), { code: 2, says });
  });

  it("does not touch somebody's folder", async () => {
    await using machine = await makeMachine();
    const here = await machine.project('here', { 'mine/notes.txt': 'mine' });
    expectFailure(await here.devenv(['demo', 'mine']), { code: 2, says: ['mine is not empty', 'devenv demo DIR'] });
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

  it.each(['inside', './deep/inside', '.'])('is not made inside the checkout of devenv: %s', async (name) => {
    await using machine = await makeMachine();
    const here = await machine.project('here', {});
    const says = ['is inside the checkout of devenv', 'Name a folder outside of it'];
    expectFailure(await here.devenv(['demo', name], { cwd: CHECKOUT }), { code: 2, says });
    await expect(access(join(CHECKOUT, 'inside'))).rejects.toThrow('ENOENT');
  });

  it('takes the flags of up, but for the folder', () => {
    const flagsOf = (verb: string) => commands.find(({ name }) => name === verb)?.options.map(({ flags }) => flags);
    expect(flagsOf('demo')).toEqual(flagsOf('up')?.filter((flags) => flags !== '-C, --cwd <folder>'));
  });
});
