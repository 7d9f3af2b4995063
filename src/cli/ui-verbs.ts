import { createInterface } from 'node:readline/promises';
import { ExitCode, UserError } from '../core/errors.ts';
import type { Ui } from '../tui/ui.tsx';
import type { CommandContext, Terminal } from './command.ts';
import { commands } from './commands.ts';
import { errorText } from './error-text.ts';
import { type Call, parse } from './parse.ts';

/** More of what a verb prints is not kept. */
const KEPT_LINES = 5_000;

export interface VerbRunner {
  /** As it would be typed after `devenv`. One at a time. */
  run(argv: readonly string[]): Promise<void>;
  cancel(): void;
}

/**
 * Runs verbs from within the screen: the same commands with the same flags, their output kept for looking at. `changed`
 * is called after one that may have changed what the environment is made of.
 */
export function verbRunner(context: CommandContext, ui: Ui, changed: () => Promise<void>): VerbRunner {
  let abort: AbortController | null = null;
  return {
    cancel: () => abort?.abort('SIGINT'),
    async run(typed) {
      if (abort)
        return ui.set({ status: { text: `devenv ${ui.state.running?.command} still runs; x shows it.`, bad: true } });
      abort = new AbortController();
      const argv = [...typed.slice(0, 1), ...inheritedFlags(context, typed), ...typed.slice(1)];
      const output = outputOf(ui, typed.join(' '));
      try {
        const call = await parse(commands, argv, output.terminal);
        const signal = AbortSignal.any([context.signal, abort.signal]);
        const code = 'exitCode' in call ? call.exitCode : await runCall(call, context, ui, output.terminal, signal);
        output.end(code);
        if ('command' in call && call.command.name === 'up') await changed();
        if (showsResult(call, code)) ui.set({ overlay: { kind: 'output', scroll: 0 } });
      } catch (error) {
        output.end(sayWhy(error, output.terminal.tell));
      } finally {
        abort = null;
      }
    },
  };
}

async function runCall(
  call: Call,
  context: CommandContext,
  ui: Ui,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const { run } = await call.command.load();
  const { interrupts } = context;
  if (call.command.passThrough)
    return handedOver(ui, context.terminal.tell, () =>
      run({ ...call, terminal: context.terminal, signal, interrupts }),
    );
  if (call.command.name === 'attach') throw new UserError('this is it already', { code: 'usage' });
  // Inside of the screen nothing has to be followed.
  const options = call.command.name === 'up' ? { ...call.options, detach: true } : call.options;
  const emit = call.command.name === 'up' ? { emit: ui.emit } : {};
  return run({ ...call, options, terminal, signal, interrupts, ...emit });
}

/** The other program gets the whole terminal. What ended badly stays to be read. */
async function handedOver(ui: Ui, tell: (text: string) => void, run: () => Promise<number>): Promise<number> {
  await ui.close();
  try {
    const code = await run().catch((error: unknown) => sayWhy(error, tell));
    if (code !== ExitCode.ok) await anyLine(`Exit code ${code}. Enter: back to devenv `);
    return code;
  } finally {
    ui.open();
  }
}

async function anyLine(prompt: string): Promise<void> {
  const readline = createInterface({ input: process.stdin, output: process.stderr });
  await Promise.race([
    readline.question(prompt).catch(() => {}),
    new Promise((resolve) => readline.once('close', resolve)),
  ]);
  readline.close();
}

/** The checkout and layers that the screen was opened with. */
function inheritedFlags({ options }: CommandContext, [verb]: readonly string[]): readonly string[] {
  const spec = commands.find(({ name }) => name === verb);
  const flags = ['cwd', 'tier', 'runtime', 'set', 'env'].filter((flag) =>
    spec?.options.some((option) => option.flags.includes(`--${flag} `)),
  );
  return flags.flatMap((flag) => {
    const value = options[flag];
    const values = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
    return values.flatMap((one) => [`--${flag}`, one]);
  });
}

function outputOf(ui: Ui, command: string) {
  let lines: readonly string[] = [];
  const add = (text: string): void => {
    lines = [...lines, ...text.split('\n')].slice(-KEPT_LINES);
    ui.set({ running: { command, lines, code: null } });
  };
  ui.set({ running: { command, lines, code: null }, status: null });
  const terminal: Terminal = { print: add, tell: add, interactive: true, color: false, ask: ui.ask };
  return { terminal, end: (code: number) => ui.set({ running: { command, lines, code } }) };
}

/** Verbs whose result is what they print, and anything that went wrong. */
function showsResult(call: Call | { readonly exitCode: number }, code: number): boolean {
  if ('exitCode' in call) return true;
  if (call.command.passThrough) return false;
  return code !== ExitCode.ok || !['up', 'restart', 'start', 'stop', 'open', 'down'].includes(call.command.name);
}

function sayWhy(error: unknown, tell: (text: string) => void): number {
  const { text, code } = errorText(error);
  tell(text);
  return code;
}
