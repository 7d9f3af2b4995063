import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Machine, makeMachine, type Project } from '../support/project.ts';

describe('--json', () => {
  let machine: Machine;
  let project: Project;

  beforeAll(async () => {
    machine = await makeMachine();
    const config = {
      name: 'small',
      runtime: 'embedded',
      processes: {
        tick: { command: 'sleep 1000' },
        web: { command: 'sleep 1000', port: 14_567, ready: { http: '/' } },
      },
      env: { GREETING: 'hello', API_TOKEN: 'hidden' },
    };
    project = await machine.project('small', { 'devenv.config.json': JSON.stringify(config) });
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('of env is its format json', async () => {
    const byFlag = await project.json<Record<string, string>>(['env', '--json']);
    expect(byFlag).toMatchObject({ GREETING: 'hello', API_TOKEN: 'hidden', DVE_PROJECT: 'small' });
    expect(byFlag).toEqual(await project.json(['env', '--format', 'json']));
    const both = await project.devenv(['env', '--json', '--format', 'shell']);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('cannot be used with')]);
  });

  it('of env why explains one variable, with secrets masked', async () => {
    const why = ['env', 'why', 'GREETING', '--json', '-e', 'GREETING=hi'];
    expect(await project.json(why)).toEqual({
      name: 'GREETING',
      value: 'hi',
      origin: 'flag (--env GREETING)',
      losers: [{ value: 'hello', origin: expect.stringContaining('devenv.config.json') }],
      own: [],
    });
    expect((await project.ok(['env', 'why', 'API_TOKEN', '--json'])).stdout).not.toContain('hidden');
  });

  it('of open tells the address and opens nothing', async () => {
    const url = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/);
    expect(await project.json(['open', '--json'])).toEqual({ name: 'web', url });
    expect(await project.json(['open', 'web', '--json'])).toEqual({ name: 'web', url });
    expect((await project.devenv(['open', 'tick', '--json'])).code).toBe(2);
  });

  it('of config is the configuration, and with --explain where each value comes from', async () => {
    expect(await project.json(['config', '--json'])).toMatchObject({ name: 'small' });
    const explained = await project.json<readonly { path: string }[]>(['config', '--explain', '--json']);
    expect(explained).toContainEqual(expect.objectContaining({ path: 'env.GREETING', value: 'hello', layer: 'base' }));
  });
});
