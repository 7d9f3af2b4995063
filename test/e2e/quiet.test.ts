import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { type Machine, makeMachine, type Project } from '../support/project.ts';

const CONFIG = `
name: small
runtime: embedded
processes:
  one: { command: sleep 1000 }
  two: { command: sleep 1000 }
environments:
  preview: { env: { WHERE: there } }
`;

describe('--quiet and --verbose', () => {
  let machine: Machine;
  let project: Project;

  beforeAll(async () => {
    machine = await makeMachine();
    project = await machine.project('small', { 'devenv.config.yaml': CONFIG, '.env': 'A=b\n' });
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it.each(['up', 'down', 'start', 'stop', 'restart', 'gc', 'init', 'demo'])(
    '%s takes either, not both',
    async (verb) => {
      const spec = commands.find(({ name }) => name === verb);
      const flags = spec?.options.map((option) => option.flags);
      expect(flags).toContain('-q, --quiet');
      expect(flags).toContain('-v, --verbose');
      const { code, stderr } = await project.devenv([verb, '-q', '-v']);
      expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be used with')]);
    },
  );

  it('--quiet says nothing of what went well', async () => {
    for (const args of [['up', '--detach'], ['restart'], ['stop', 'one'], ['start'], ['down']]) {
      const { stdout, stderr } = await project.ok([...args, '--quiet']);
      expect([stdout, stderr], args.join(' ')).toEqual(['', '']);
    }
    const { stderr } = await project.ok(['gc', '--quiet', '--dry-run']);
    expect(stderr).not.toMatch(/Nothing to remove|Would free/);
  });

  it('--quiet says what went wrong', async () => {
    const args = [
      'up',
      '--detach',
      '--quiet',
      '--set',
      'processes.one.once=true',
      '--set',
      'processes.one.command="false"',
    ];
    const { code, stdout, stderr } = await project.devenv(args);
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/^Error: one is not ready: exited with 1\n/);
    await project.ok(['down', '-q']);
  });

  it('--verbose tells the layers, the runtime and why each thing is kept', async () => {
    const up = (await project.ok(['up', '--detach', '--verbose', '--tier', 'preview', '-e', 'C=d'])).stderr;
    expect(up).toMatch(/^config +tier preview, in \/.*small$/m);
    expect(up).toMatch(
      /^layers +default \d+, \.env 1, base \(devenv\.config\.yaml\) \d+, tier \(devenv\.config\.yaml\) 1, flag .*1$/m,
    );
    expect(up).toMatch(/^embedded +as asked for$/m);
    expect(up).toMatch(/^one +start-process +it is not running$/m);
    expect((await project.ok(['up', '--detach', '-v', '--tier', 'preview', '-e', 'C=d'])).stderr).toMatch(
      /^one +kept: /m,
    );
    expect((await project.ok(['restart', 'two', '-v'])).stderr).toMatch(
      /^one +kept: it is not among those to restart$/m,
    );
    expect((await project.ok(['stop', 'two', '-v'])).stderr).toMatch(/^one +kept: it is not among those to stop$/m);
    expect((await project.ok(['stop', 'two', '-v'])).stderr).toMatch(/^two +kept: it does not run$/m);
    expect((await project.ok(['down', '-v'])).stderr).toMatch(/^embedded .*which is on record for this environment$/m);
  });

  it('init tells what it read, or nothing at all', async () => {
    const empty = await machine.project('new', { 'package.json': '{ "name": "new", "scripts": { "dev": "node ." } }' });
    const { stderr } = await empty.ok(['init', '--dry-run', '--verbose']);
    expect(stderr).toMatch(/^folder +\/.*new: no configuration is here or above/m);
    expect(stderr).toMatch(/^read +package\.json; of 1 files$/m);
    expect(await empty.ok(['init', '--quiet'])).toMatchObject({ stdout: '', stderr: '' });
    expect((await empty.json<{ name: string }>(['config', '--json'])).name).toBe('new');
    const again = await empty.ok(['init', '--dry-run', '--verbose']);
    expect(again.stderr).toContain(`${join(empty.path, 'devenv.config.yaml')} describes it already`);
  });
});
