import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/events.ts';
import { expectFailure } from '../support/failure.ts';
import { processesWith } from '../support/processes.ts';
import { BIN, type Machine, makeMachine, type Project } from '../support/project.ts';
import { until } from '../support/until.ts';

/** The shell that runs a hook has children, and they have its pipes: ending or awaiting the shell alone is not enough. */
describe.concurrent('a ready hook', () => {
  it('is ended by --timeout, with all it has started', async () => {
    await using machine = await makeMachine();
    const project = await shopWithHook(machine, 'sleep 600; true');
    expectFailure(await project.devenv(['up', '--detach', '--timeout', '2s']), { code: 124, says: ['within 2 s'] });
    expect(await sleepers(machine)).toEqual([]);
  });

  it('is ended by SIGTERM, with all it has started', async () => {
    await using machine = await makeMachine();
    const project = await shopWithHook(machine, 'sleep 600; true');
    const up = start(project);
    await until('the hook runs', async () => (await sleepers(machine)).length > 0);
    up.kill('SIGTERM');
    expect((await up).exitCode).toBe(143);
    expect(await sleepers(machine)).toEqual([]);
  });

  it('that leaves something in the background is over when its shell is; down ends the rest', async () => {
    await using machine = await makeMachine();
    const project = await shopWithHook(machine, 'sleep 600 & echo begun');
    expect((await project.ok(['up', '--detach'])).stderr).toContain('begun');
    expect(await sleepers(machine)).toHaveLength(1);
    expect((await project.ok(['up', '--detach'])).stderr).toContain('Nothing to do.');
    expect(await sleepers(machine)).toHaveLength(1);
    await project.ok(['down', '--data', '--yes']);
    expect(await sleepers(machine)).toEqual([]);
  });

  it('has its lines told as they are, without a count of anything', async () => {
    await using machine = await makeMachine();
    const project = await shopWithHook(machine, 'echo one; echo two; printf three');
    const { stdout } = await project.ok(['up', '--detach', '--json']);
    const events = stdout.split('\n').map((line) => JSON.parse(line) as Event);
    expect(events.filter(({ type }) => type === 'step-progress')).toEqual(
      ['one', 'two', 'three'].map((message) => ({ type: 'step-progress', step: 'run-hook hooks.ready', message })),
    );
  });

  it.each([
    ['down', '--data', '--yes'],
    ['up', '--detach', '--set', 'hooks.ready=exit 0'],
  ])('that outlives a killed up is ended by %s', async (...verb) => {
    await using machine = await makeMachine();
    const project = await shopWithHook(machine, 'sleep 600; true');
    const up = start(project);
    await until('the hook runs', async () => (await sleepers(machine)).length > 0);
    up.kill('SIGKILL');
    await up;
    expect(await sleepers(machine)).toHaveLength(1);
    await project.ok(verb);
    expect(await sleepers(machine)).toEqual([]);
  });
});

function shopWithHook(machine: Machine, ready: string): Promise<Project> {
  const config = { runtime: 'embedded', processes: { web: { command: 'exec tail -f /dev/null' } }, hooks: { ready } };
  return machine.project('shop', { 'devenv.config.json': JSON.stringify(config) });
}

function start({ path, env }: Project) {
  const options = { cwd: path, env, extendEnv: false, reject: false, stdin: 'ignore' } as const;
  return execa(process.execPath, [BIN, 'up', '--detach'], options);
}

async function sleepers({ folder }: Machine): Promise<readonly string[]> {
  return (await processesWith(folder)).map(({ command }) => command).filter((command) => command === 'sleep 600');
}
