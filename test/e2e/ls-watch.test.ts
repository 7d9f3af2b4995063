import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BIN, type Machine, makeMachine, type Project } from '../support/project.ts';
import { hasTmux, openScreen } from '../support/screen.ts';
import { until } from '../support/until.ts';

const config = (name: string) =>
  JSON.stringify({ name, runtime: 'embedded', processes: { tick: { command: 'sleep 1000' } } });

describe('devenv ls --watch', () => {
  let machine: Machine;
  let first: Project;
  let second: Project;

  beforeAll(async () => {
    machine = await makeMachine({ DOCKER_HOST: 'unix:///no/such.sock' });
    first = await machine.project('first', { 'devenv.config.json': config('first') });
    second = await machine.project('second', { 'devenv.config.json': config('second') });
  });
  beforeEach(async () => void (await first.ok(['up', '--detach'])));
  afterEach(async () => {
    for (const project of [first, second]) await project.ok(['down', '--data', '--yes']);
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const watching = (args: readonly string[]) => {
    const options = { cwd: first.path, env: machine.env, extendEnv: false, reject: false, buffer: false } as const;
    const child = execa(process.execPath, [BIN, 'ls', '--watch', ...args], options);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, next: async (): Promise<string> => (await lines.next()).value ?? '' };
  };

  it('prints a new table without a terminal only when it changed', async () => {
    const { child, next } = watching([]);
    expect(await next()).toMatch(/^PROJECT/);
    expect(await next()).toMatch(/^first /);
    await second.ok(['up', '--detach']);
    // No table in between: the next line is that of the change.
    expect(await next()).toMatch(/^PROJECT/);
    expect([await next(), await next()].map((line) => line.split(' ')[0])).toEqual(['first', 'second']);
    child.kill('SIGINT');
    expect((await child).exitCode).toBe(130);
  });

  it('prints with --json an array a line, from none to none', async () => {
    await first.ok(['down', '--data', '--yes']);
    const { child, next } = watching(['--json']);
    const listed = async () => {
      const all = JSON.parse(await next()) as { project: string; state: string }[];
      return all.map(({ project, state }) => `${project} ${state}`).join();
    };
    // In between it may be seen before its process is.
    const change = async (to: string) => {
      let now = await listed();
      while (now !== to) now = await listed();
    };
    await change('');
    await second.ok(['up', '--detach']);
    await change('second running');
    await second.ok(['down', '--data', '--yes']);
    await change('');
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(143);
  });

  describe.skipIf(!hasTmux)('in a terminal (tmux)', () => {
    it('keeps up in place, on resize too, and leaves the terminal as it was', async () => {
      await using screen = await openScreen(first);
      await screen.line('echo "this is "before');
      await screen.sees(/^this is before$/m);
      await screen.line(`node $BIN ls --watch; echo "exit=$?"`);
      await screen.shows(/^PROJECT[^\n]*\nfirst [^\n]*\n+q to leave/m);
      expect(await screen.isItself()).toBe(false);

      await second.ok(['up', '--detach']);
      await screen.shows(/^PROJECT[^\n]*\nfirst [^\n]*\nsecond [^\n]*\n+q to leave/m);
      await screen.resize(30, 3);
      const small = await screen.shows(/^PROJECT.*>\nfirst.*>\n> and 3 more/m);
      expect(small).not.toContain('second');
      await screen.resize(160, 50);
      await screen.shows(/^second /m);
      await second.ok(['down', '--data', '--yes']);
      expect(await screen.shows(/first [^\n]*\n+q to leave/m)).not.toContain('second');

      await screen.press('C-c');
      expect(await screen.ended()).toBe(130);
      expect(await screen.isItself()).toBe(true);
      const after = await screen.shows(/^this is before$/m);
      expect(after).not.toContain('PROJECT');
    });

    it('shows no key that is pressed, and q leaves', async () => {
      await using screen = await openScreen(first);
      await screen.devenv('ls --watch');
      await screen.shows(/q to leave/);
      await screen.type('xyz');
      await second.ok(['up', '--detach']);
      expect(await screen.shows(/^second /m)).not.toContain('xyz');
      await screen.press('q');
      expect(await screen.ended()).toBe(0);
      expect(await screen.isItself()).toBe(true);
      // Keys are shown again.
      await screen.line('echo "it is "shown');
      await screen.shows(/echo "it is "shown/);
    });

    it('goes to the shell on Ctrl-Z, and comes back', async () => {
      await using screen = await openScreen(first);
      await screen.line('node $BIN ls --watch');
      await screen.shows(/q to leave/);
      await screen.press('C-z');
      await screen.sees(/Stopped/);
      expect(await screen.isItself()).toBe(true);
      await screen.line('echo in the "shell"');
      await screen.sees(/^in the shell$/m);
      await second.ok(['up', '--detach']);
      await screen.line('fg');
      expect(await screen.shows(/^second [^\n]*\n+q to leave/m)).not.toContain('in the shell');
      await screen.press('q');
      await screen.sees(/^in the shell$/m);
      await until('the terminal is as it was', () => screen.isItself());
    });
  });
});
