import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Counted } from '../core/data/progress.ts';
import { ExitCode, UserError } from '../core/errors.ts';
import { onAbort } from '../lib/on-abort.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { Running, Status } from '../tui/state.ts';
import type { Ui } from '../tui/ui.tsx';
import { type Apart, runApart } from './apart.ts';
import type { CommandContext, Terminal } from './command.ts';
import { commands } from './commands.ts';
import { errorEvent, errorText } from './error-text.ts';
import { type Call, parse } from './parse.ts';

/** More of what a verb prints is not kept. */
const KEPT_LINES = 5_000;

/** A key that is pressed twice by a nervous finger asks for no more than once. */
const TWICE_MS = 1_500;

export interface VerbRunner {
  /** As it would be typed after `devenv`. One at a time. */
  run(argv: readonly string[]): Promise<void>;
  /** In order; once more after a while, at once. */
  cancel(): void;
}

export interface Hooks {
  /** After one that may have changed what the environment is made of. */
  changed(): Promise<void>;
  /** After each. */
  ended(): void;
}

/**
 * Runs verbs from within the screen: the same commands with the same flags, their output kept for looking at.
 */
export function verbRunner(context: CommandContext, ui: Ui, { changed, ended }: Hooks): VerbRunner {
  let abort: AbortController | null = null;
  let atOnce = new AbortController();
  let cancelled = 0;
  return {
    cancel() {
      if (abort?.signal.aborted) return Date.now() - cancelled > TWICE_MS ? atOnce.abort() : undefined;
      cancelled = Date.now();
      abort?.abort('SIGINT');
    },
    async run(typed) {
      if (abort) return ui.set({ status: busy(ui) });
      abort = new AbortController();
      atOnce = new AbortController();
      const argv = [...typed.slice(0, 1), ...inheritedFlags(context, typed), ...typed.slice(1)];
      const output = outputOf(ui, typed);
      try {
        const call = await parse(commands, argv, output.terminal);
        const signal = AbortSignal.any([context.signal, abort.signal]);
        // What goes on, such as following a log, is seen while it does.
        if (isResult(call)) showNewest(ui);
        const terminal = isResult(call) ? asking(ui, output.terminal) : output.terminal;
        const here = !typed.some((word) => /^(?:-C|--cwd)/.test(word));
        const around = { ui, here, terminal, argv, signal, atOnce: atOnce.signal };
        const code = 'exitCode' in call ? call.exitCode : await runCall(call, context, around);
        output.end(code);
        if (here && 'command' in call && call.command.name === 'up') await changed();
        if (!isExpected(code, call)) showOutput(ui, call);
      } catch (error) {
        output.end(abort.signal.aborted ? ExitCode.interrupted : sayWhy(error, output.terminal.tell));
      } finally {
        abort = null;
        ended();
      }
    },
  };
}

interface Surroundings extends Apart {
  readonly ui: Ui;
  /** The command line that the call was made from. */
  readonly argv: readonly string[];
  /** In the checkout that the screen shows. */
  readonly here: boolean;
}

async function runCall(call: Call, context: CommandContext, around: Surroundings): Promise<number> {
  const { ui, terminal, signal, here } = around;
  const { name, passThrough, heavy } = call.command;
  if (name === 'attach') throw new UserError('this is it already', { code: 'usage' });
  if (name === 'demo') {
    throw new UserError('it opens a screen of its own, and this one has the terminal', {
      code: 'usage',
      hints: ['Type it in another terminal.'],
    });
  }
  if (heavy) return runApart(around.argv, around);
  const { run } = await call.command.load();
  const { interrupts } = context;
  if (passThrough) {
    const begin = () => run({ ...call, terminal: context.terminal, signal, interrupts });
    return handedOver(ui, context.terminal.tell, { begin, staysToBeRead: !isConversation(call), signal });
  }
  const common = { ...call, terminal, signal, interrupts };
  if (name !== 'up') return run(common);
  // Inside of the screen nothing has to be followed.
  const upwards = { ...common, options: { ...call.options, detach: true } };
  if (!here || call.options.dryRun === true) return run(upwards);
  return run({ ...upwards, emit: ui.emit }).catch((error: unknown) => {
    ui.emit(errorEvent(error));
    throw error;
  });
}

/** A client or a shell with nothing to do: somebody talks to it, has seen what it said, and has ended it. */
function isConversation({ command, args }: Call): boolean {
  return command.name === 'shell' ? args.length === 1 : command.name !== 'run' && args.length === 0;
}

interface Handover {
  begin(): Promise<number>;
  /** Also when it ended well. */
  readonly staysToBeRead: boolean;
  readonly signal: AbortSignal;
}

/** The other program gets the whole terminal. */
async function handedOver(
  ui: Ui,
  tell: (text: string) => void,
  { begin, staysToBeRead, signal }: Handover,
): Promise<number> {
  await ui.close();
  try {
    const code = await begin().catch((error: unknown) => sayWhy(error, tell));
    const failed = code !== ExitCode.ok;
    if (failed || staysToBeRead) await anyKey(`${failed ? `Exit code ${code}. ` : ''}Any key: back to devenv `, signal);
    return code;
  } finally {
    // Node stops reading a paused terminal a moment later, and whoever listens by then hears nothing any more.
    await nextTurn();
    ui.open();
  }
}

/** Any, so that nobody has to read which. */
async function anyKey(prompt: string, signal: AbortSignal): Promise<void> {
  const { stdin, stderr } = process;
  stderr.write(prompt);
  stdin.setRawMode(true);
  const pressed = new Promise<void>((resolve) => {
    stdin.once('data', () => resolve());
    onAbort(signal, resolve);
  });
  stdin.resume();
  await pressed;
  stdin.pause();
  stdin.setRawMode(false);
  stderr.write('\n');
}

/** The checkout and layers that the screen was opened with. */
function inheritedFlags({ options }: CommandContext, [verb]: readonly string[]): readonly string[] {
  const spec = commands.find(({ name }) => name === verb);
  const flags = ['cwd', 'tier', 'runtime', 'set', 'env', 'allow-live'].filter((flag) =>
    spec?.options.some((option) => option.flags.includes(`--${flag} `)),
  );
  return flags.flatMap((flag) => {
    const value = options[flag === 'allow-live' ? 'allowLive' : flag];
    const values = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
    return values.flatMap((one) => [`--${flag}`, one]);
  });
}

/** Two at once would wait for each other's lock, and a key that was pressed once too often is no second wish. */
function busy({ state }: Ui): Status {
  return { text: `devenv ${state.running?.command} still runs; x shows it.`, bad: true };
}

function outputOf(ui: Ui, typed: readonly string[]) {
  const changesData = commands.find(({ name }) => name === typed[0])?.changesData ?? false;
  const command = typed.map(shellWord).join(' ');
  let running: Running = { command, changesData, lines: [], began: Date.now(), code: null, counted: null };
  const become = (part: Partial<Running>, status = ui.state.status): void => {
    running = { ...running, ...part };
    ui.set({ running, status });
  };
  const add = (text: string): void => become({ lines: [...running.lines, ...text.split('\n')].slice(-KEPT_LINES) });
  become({}, null);
  const progress = (counted: Counted): void => become({ counted });
  const terminal: Terminal = { print: add, tell: add, progress, interactive: true, color: false, ask: ui.ask };
  // What was said about keys that came too early is over too.
  return { terminal, end: (code: number) => become({ code, counted: null }, null) };
}

/** With these a verb only prints. */
const PRINTING = ['print', 'json', 'dryRun'];

/** Verbs whose result is what they print. */
function isResult(call: Call | { readonly exitCode: number }): boolean {
  if ('exitCode' in call) return true;
  const { command, options, args } = call;
  const { acts: does = [] } = command;
  const acts = (does === true || does.includes(args[0] ?? '')) && !PRINTING.some((flag) => options[flag] === true);
  return command.passThrough !== true && !acts;
}

/** Whether one line says it all: results are there to be read, and who has ended something knows. */
function isExpected(code: number, call: Call | { readonly exitCode: number }): boolean {
  return code === ExitCode.interrupted || (code === ExitCode.ok && !isResult(call));
}

function showNewest(ui: Ui): void {
  ui.set({ overlay: { kind: 'output', scroll: 'end' } });
}

/** A question covers the page, which comes back after it. */
function asking(ui: Ui, terminal: Terminal): Terminal {
  return {
    ...terminal,
    async ask(question) {
      const answer = await terminal.ask(question);
      showNewest(ui);
      return answer;
    },
  };
}

/** From its first line on; unless the user has gone back from it meanwhile, or is elsewhere. */
function showOutput(ui: Ui, call: Call | { readonly exitCode: number }): void {
  if ('command' in call && call.command.passThrough) return;
  const { overlay } = ui.state;
  if (isResult(call) ? overlay?.kind === 'output' : overlay === null) {
    ui.set({ overlay: { kind: 'output', scroll: 0 } });
  }
}

function sayWhy(error: unknown, tell: (text: string) => void): number {
  const { text, code } = errorText(error);
  tell(text);
  return code;
}
