import { followLogs } from '../../app/follow-logs.ts';
import { openEnvironment } from '../../app/open.ts';
import { type UpOptions, type UpResult, up } from '../../app/up.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import { planText } from '../../core/plan.ts';
import { inCi, runCi } from '../ci.ts';
import type { CommandContext } from '../command.ts';
import { displayFor, teller } from '../display.ts';
import { upOrTell } from '../failed-logs.ts';
import { commonOptions, duration, text } from '../flags.ts';
import { afterScreen, detachOrStop } from '../stay.ts';
import { hasScreen, runSession } from '../ui-session.ts';

export async function run(context: CommandContext): Promise<number> {
  if (context.options.ci === true) {
    const silent = inCi(context);
    const options = upOptions(silent);
    return options.dryRun ? runUp(silent, options) : runCi(silent, options);
  }
  if (context.options.timings !== undefined) {
    throw new UserError('--timings is for --ci', { code: 'usage', hints: ['devenv up --ci --timings FILE'] });
  }
  return runUp(context, upOptions(context));
}

/** The verb with options of another's making: `demo` ends with it. */
export async function runUp(context: CommandContext, options: UpOptions): Promise<number> {
  if (stays(context) && !options.dryRun && hasScreen(context) && context.options.plain !== true) {
    return onScreen(context, options);
  }
  const result = await upOrTell(context, options);
  if (options.dryRun) {
    if (context.options.json !== true && result.plan.steps.length > 0) context.terminal.print(planText(result.plan));
    return ExitCode.ok;
  }
  return stays(context) ? stay(context, options, result) : ExitCode.ok;
}

/** A signed 32-bit number, about 24 days: a longer timer would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function upOptions(context: CommandContext): UpOptions {
  const timeout = text(context.options, 'timeout');
  return {
    ...commonOptions(context, displayFor(context)),
    names: context.args,
    dryRun: context.options.dryRun === true,
    newPorts: context.options.newPorts === true,
    timeoutMs: timeout === undefined ? null : Math.min(duration('--timeout', timeout), LONGEST_TIMER_MS),
  };
}

/** Only where somebody is there to press Ctrl-C. */
function stays({ options, terminal }: CommandContext): boolean {
  return terminal.interactive && options.detach !== true && options.json !== true;
}

async function onScreen(context: CommandContext, options: UpOptions): Promise<number> {
  const leave = await runSession(context, {
    starting: true,
    begin: async (io) => void (await up({ ...options, emit: io.emit, signal: io.signal, entered: io.entered })),
    reopen: (emit) => openEnvironment({ ...options, emit }),
  });
  return afterScreen(leave, context, options);
}

async function stay(context: CommandContext, options: UpOptions, { opened }: UpResult): Promise<number> {
  const leave = new AbortController();
  using _taken = context.interrupts.take(() => leave.abort('SIGINT'));
  const signal = AbortSignal.any([context.signal, leave.signal]);
  teller(context)('Following the logs; Ctrl-C to leave.');
  await followLogs(opened, { since: new Date().toISOString(), emit: options.emit, signal });
  // Ctrl-C may have come before it was taken; what else aborts can't be asked: everything goes on running.
  if (context.signal.aborted && context.signal.reason !== 'SIGINT') throw context.signal.reason;
  return detachOrStop(context, options);
}
