import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, type Machine, makeMachine, type Project } from '../support/project.ts';

/** What would go on for ever ends with its reader, also where there is nothing more to write. */
describe.runIf(process.platform === 'linux')('in a pipe whose reader has seen enough', () => {
  let machine: Machine;
  let project: Project;

  beforeAll(async () => {
    machine = await makeMachine({ DOCKER_HOST: 'unix:///no/such.sock' });
    const config = { name: 'piped', runtime: 'embedded', processes: { tick: { command: 'echo hi; sleep 1000' } } };
    project = await machine.project('piped', { 'devenv.config.json': JSON.stringify(config) });
    await project.ok(['up', '--detach']);
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it.each([
    ['ls --watch', /^PROJECT/],
    ['ls --watch --json', /"project":"piped"/],
    ['logs --follow', /^tick +hi$/],
  ])('%s ends', async (line, said) => {
    const command = `set -o pipefail; node "$BIN" ${line} | head -1`;
    const env = { ...machine.env, BIN };
    const { stdout, exitCode } = await execa('bash', ['-c', command], {
      cwd: project.path,
      env,
      timeout: 30_000,
      reject: false,
    });
    expect(exitCode).toBe(141);
    expect(stdout).toMatch(said);
  });
});
