import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import type { ErrorEvent, Event } from '../../src/core/events.ts';
import { freePort } from '../support/ports.ts';
import { BIN, type Machine, makeMachine, type Project } from '../support/project.ts';

const FILE = 'devenv.config.json';

/** What a program reads that never looks at stderr. */
describe('a stream of events', () => {
  let machine: Machine;
  let project: Project;
  beforeAll(async () => {
    machine = await makeMachine();
    const web = { command: 'exec sleep 100', port: await freePort() };
    project = await machine.project('events', { [FILE]: config({ processes: { web } }) });
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const eventsOf = (stdout: string) =>
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Event | ErrorEvent);

  const last = (stdout: string) => eventsOf(stdout).at(-1);

  it('ends with the failure: not ready in time', async () => {
    const { code, stdout, stderr } = await project.devenv(['up', '--detach', '--json', '--timeout', '2s']);
    expect(code).toBe(124);
    expect(last(stdout)).toEqual({
      type: 'error',
      code: 124,
      message: expect.stringMatching(/^not everything was ready within 2 s\nweb is not ready: /),
      hints: [expect.stringContaining('devenv status')],
    });
    expect(stderr).toMatch(/^Error: not everything was ready within 2 s\nweb is not ready: .*\n {2}devenv status/m);
  });

  it('ends with the signal that ended the command', async () => {
    const up = execa(process.execPath, [BIN, 'up', '--json'], {
      cwd: project.path,
      env: project.env,
      extendEnv: false,
      reject: false,
    });
    for await (const line of up) if (line.includes('"plan"')) up.kill('SIGTERM');
    const { exitCode, stdout } = await up;
    expect(exitCode).toBe(143);
    expect(last(stdout)).toMatchObject({ type: 'error', code: 143, message: expect.stringContaining('SIGTERM') });
  });

  it('is nothing but the failure where the configuration is wrong', async () => {
    const wrong = await machine.project('wrong', { [FILE]: config({ proceses: {} }) });
    for (const verb of ['up', 'stop', 'restart', 'logs']) {
      const { code, stdout } = await wrong.devenv([verb, '--json']);
      expect(code).toBe(2);
      expect(eventsOf(stdout)).toEqual([
        { type: 'error', code: 2, message: expect.stringContaining('proceses'), hints: expect.any(Array) },
      ]);
    }
  });

  it('ends with an engine that does not answer', async () => {
    const options = { env: { ...project.env, DOCKER_HOST: 'unix:///no/such/socket' } };
    const { code, stdout } = await project.devenv(['up', '--json', '--runtime', 'docker'], options);
    expect(code).toBe(3);
    expect(last(stdout)).toMatchObject({ type: 'error', code: 3 });
  });

  it('names a process that is ready with its pid', async () => {
    const config = { name: 'ready', runtime: 'embedded', processes: { web: { command: 'exec sleep 100' } } };
    const ready = await machine.project('ready', { [FILE]: JSON.stringify(config) });
    const { stdout } = await ready.ok(['up', '--detach', '--json']);
    const { processes } = await ready.json<Status>(['status', '--json']);
    const told = eventsOf(stdout).filter(({ type }) => type === 'process');
    expect(told.at(-1)).toMatchObject({ name: 'web', state: 'ready', pid: processes[0]?.pid });
    expect(processes[0]?.pid).toBeGreaterThan(0);
  });

  it('has no failure where there was none, and results that are one object stay one', async () => {
    const down = await project.ok(['down', '--json']);
    expect(eventsOf(down.stdout).filter(({ type }) => type === 'error')).toEqual([]);
    const { code, stdout } = await project.devenv(['status', '--json', '--runtime', 'nonsense']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });
});

function config(content: object): string {
  return JSON.stringify({ name: 'events', runtime: 'embedded', ...content });
}
