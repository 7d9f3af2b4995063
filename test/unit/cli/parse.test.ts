import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Terminal } from '../../../src/cli/command.ts';
import { commands } from '../../../src/cli/commands.ts';
import { parse } from '../../../src/cli/parse.ts';

// The build puts it in.
beforeAll(() => void vi.stubGlobal('DEVENV_VERSION', '0.0.0'));
afterAll(() => void vi.unstubAllGlobals());

async function parsed(...argv: string[]) {
  const said: string[] = [];
  const write = (text: string) => void said.push(text);
  const terminal: Terminal = { print: write, tell: write, interactive: false, color: false, ask: async () => null };
  const call = await parse(commands, argv, terminal);
  return 'command' in call
    ? { verb: call.command.name, args: call.args, options: call.options }
    : { ...call, said: said.join('\n') };
}

describe('flags before the verb', () => {
  it.each([
    [['-C', '../shop', 'status'], { verb: 'status', args: [], options: { cwd: '../shop' } }],
    [['--cwd=../shop', '--json', 'status'], { verb: 'status', args: [], options: { cwd: '../shop', json: true } }],
    [['-q', 'up', 'web'], { verb: 'up', args: ['web'], options: { quiet: true } }],
    [['-C', 'up', 'up', '--detach'], { verb: 'up', args: [], options: { cwd: 'up', detach: true } }],
    [['-C', 'a', 'run', '--', 'ls', '-C', 'b'], { verb: 'run', args: ['ls', '-C', 'b'], options: { cwd: 'a' } }],
  ])('are those of the verb: %j', async (argv, call) => {
    expect(await parsed(...argv)).toEqual(call);
  });

  it.each([
    [['--cwd', 'x', 'ls'], /unknown option '--cwd'\n\(devenv ls --help\)/],
    [['--quiet', '--verbose', 'up'], /cannot be used with/],
    [['--detach', 'up'], /unknown option '--detach'/],
    [['--json'], /unknown option '--json'/],
    [['--cwd'], /unknown option '--cwd'/],
  ])('that it does not take are refused: %j', async (argv, said) => {
    expect(await parsed(...argv)).toEqual({ exitCode: 2, said: expect.stringMatching(said) });
  });

  it('are named by the help', async () => {
    expect(await parsed('--help')).toEqual({ exitCode: 0, said: expect.stringContaining('-C, --cwd; --json') });
  });
});
