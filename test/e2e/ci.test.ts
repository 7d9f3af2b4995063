import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Timings } from '../../src/core/timings.ts';
import { freePort } from '../support/ports.ts';
import { dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';
import { hasTmux, openScreen } from '../support/screen.ts';
import { expectWhole, shopFiles } from '../support/whole-shop.ts';

const ESCAPE = /\u001b/;

describe.each(testedRuntimes)('devenv up --ci, on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('a shop', () => {
    let machine: Machine;
    let shop: Project;

    beforeAll(async () => {
      machine = await makeMachine();
      shop = await machine.project('shop', shopFiles(runtime));
    });
    afterAll(() => machine[Symbol.asyncDispose]());
    afterEach(() => shop.ok(['down', '--data', '--yes']));

    it('returns when all is ready, with timings on stdout and a summary on stderr', async () => {
      const { stdout, stderr } = await shop.ok(['up', '--ci']);
      const timings = JSON.parse(stdout) as Timings;
      expect(timings).toMatchObject({ ok: true, exitCode: 0, project: 'shop', runtime });
      const shown = timings.things.filter(({ kind }) => kind !== 'environment');
      expect(shown.map(({ name, state }) => [name, state])).toEqual([
        ['db', 'done'],
        ['migrate', 'done'],
        ['web', 'done'],
      ]);
      expect(timings.slowestPath.at(-1)?.step).toBe('ready-process web');
      expect(stdout + stderr).not.toMatch(ESCAPE);
      expect(stderr).toMatch(/^Ready in .*\n {2}db +ready at .*postgres:\/\/.*\n {2}migrate .*\n {2}web .*http:/m);
      expect(stderr).toMatch(/^Slowest path: plan .*, web /m);
      await expectWhole(shop, runtime);

      const again = JSON.parse((await shop.ok(['up', '--ci'])).stdout) as Timings;
      expect(again.things).toEqual([]);
      expect(again.kept.map(({ target }) => target)).toEqual(['db', 'migrate', 'web']);
    });

    it('shows the last 50 lines of what failed, and ends with its exit code', async () => {
      const command = 'for i in $(seq 1 60); do echo "line $i"; done; exit 3';
      const failing = [
        'up',
        '--ci',
        '--timings',
        'timings.json',
        '--set',
        `processes.migrate.command=${JSON.stringify(command)}`,
      ];
      const { code, stdout, stderr } = await shop.devenv(failing);
      expect(code).toBe(4);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^The last 50 lines of migrate:\nmigrate │ line 11\n[\s\S]*│ line 60\nError: migrate /m);
      expect(stderr).toMatch(/^ {2}web +did not begin/m);
      const timings = JSON.parse(await readFile(join(shop.path, 'timings.json'), 'utf8')) as Timings;
      expect(timings).toMatchObject({ ok: false, exitCode: 4 });
      expect(timings.things.find(({ name }) => name === 'migrate')).toMatchObject({ state: 'failed' });
      await rm(join(shop.path, 'timings.json'));
    });

    it('shows what was still under way when time ran out', async () => {
      await shop.ok(['up', 'db', '--detach']);
      const args = ['up', '--ci', '--timeout', '8s', '--set', 'processes.migrate.command="echo waits; sleep 300"'];
      const { code, stdout, stderr } = await shop.devenv(args);
      expect(code).toBe(124);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 124 });
      expect(stderr).toMatch(/^The last line of migrate:\nmigrate │ waits\n/m);
    });
  });
});

describe('devenv up --ci', () => {
  let machine: Machine;
  let project: Project;

  beforeAll(async () => {
    machine = await makeMachine();
    const config = { name: 'small', runtime: 'embedded', processes: { tick: { command: 'sleep 1000' } } };
    project = await machine.project('small', { 'devenv.config.json': JSON.stringify(config) });
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('folds its progress on GitHub, and keeps it from being taken for commands', async () => {
    const { stderr } = await project.ok(['up', '--ci'], { env: { ...machine.env, GITHUB_ACTIONS: 'true' } });
    expect(stderr).toMatch(/^::group::devenv up\n::stop-commands::(\S+)\n[\s\S]*\n::\1::\n::endgroup::\nReady in /);
  });

  it('shows nothing of an earlier run as what this one failed of', async () => {
    const slow = await machine.project('slow', {
      'devenv.config.json': JSON.stringify({
        name: 'slow',
        runtime: 'embedded',
        processes: { web: { command: 'echo OLDRUN; exit 3', port: await freePort() } },
      }),
    });
    const first = await slow.devenv(['up', '--ci']);
    expect([first.code, first.stderr]).toEqual([4, expect.stringMatching(/^web │ OLDRUN$/m)]);
    const second = await slow.devenv(['up', '--ci', '--timeout', '2s', '--set', 'processes.web.command=sleep 1003']);
    expect(second.code).toBe(124);
    expect(second.stderr).not.toMatch(/│ OLDRUN|The last/);
  });

  it('has timings also where nothing could begin', async () => {
    const { code, stdout, stderr } = await project.devenv(['up', '--ci', '--set', 'nonsense=1']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 2, things: [] });
    expect(stderr).toContain('nonsense');
  });

  it('says which flags it does not go with', async () => {
    const both = await project.devenv(['up', '--ci', '--json']);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('cannot be used with')]);
    const alone = await project.devenv(['up', '--timings', 'file']);
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('--timings is for --ci')]);
  });

  it('ends with an error where the timings cannot be written', async () => {
    const { code, stderr } = await project.devenv(['up', '--ci', '--timings', 'no/such/folder.json']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/Error: --timings: no\/such\/folder\.json can't be written/);
  });

  it.skipIf(!hasTmux)('neither opens the screen nor colours anything in a terminal', async () => {
    const { NO_COLOR: _none, ...env } = project.env;
    await using screen = await openScreen({ ...project, env });
    await screen.devenv('up --ci --timings t.json');
    expect(await screen.ended()).toBe(0);
    const looks = await screen.shows(/Ready in/, { looks: true });
    expect(looks).not.toMatch(ESCAPE);
    expect(await screen.isItself()).toBe(true);
  });
});
