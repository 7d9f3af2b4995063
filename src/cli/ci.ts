import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { OpenEnvironment } from '../app/open.ts';
import { type UpOptions, up } from '../app/up.ts';
import { ExitCode, messageOf, UserError } from '../core/errors.ts';
import type { Event } from '../core/events.ts';
import { culprits, type Timings, timingsOf } from '../core/timings.ts';
import { githubGroups, PLAIN_GROUPS, summaryLines } from '../display/ci.ts';
import type { CommandContext } from './command.ts';
import { displayFor, teller } from './display.ts';
import { errorText } from './error-text.ts';
import { tellLogs } from './failed-logs.ts';
import { text } from './flags.ts';
import { endedBy } from './signals.ts';

/** Of each that failed: enough to see why, without the whole of a chatty server. */
const FAILED_LINES = 50;

/** The same command where nobody sits: it can't ask, and nothing is coloured. */
export function inCi(context: CommandContext): CommandContext {
  const terminal = { ...context.terminal, interactive: false, color: false, ask: async () => null };
  return { ...context, terminal };
}

/** `up` for a machine that nobody looks at: progress and a summary as messages, timings as the result. */
export async function runCi(context: CommandContext, options: UpOptions): Promise<number> {
  const began = Date.now();
  const events: Event[] = [];
  const display = displayFor(context);
  let opened: OpenEnvironment | null = null;
  const say = teller(context);
  const groups = process.env.GITHUB_ACTIONS ? githubGroups(randomUUID()) : null;
  const tell = (lines: readonly string[]) => lines.forEach(say);
  const finish = async (exitCode: number): Promise<Timings> => {
    tell(groups?.end() ?? []);
    const timings = timingsOf(events, { began, ended: Date.now(), exitCode });
    tell(summaryLines(timings));
    await deliver(context, timings);
    return timings;
  };
  tell(groups?.begin('devenv up') ?? []);
  try {
    await up({
      ...options,
      entered: (environment) => {
        opened = environment;
      },
      emit: (event) => {
        // The summary says it again, with more.
        if (event.type !== 'ready' && !isAddress(event)) display(event);
        if (event.type !== 'log' && event.type !== 'step-progress') events.push(event);
      },
    });
  } catch (error) {
    const { signal } = context;
    const timings = await finish(signal.aborted ? endedBy(signal) : errorText(error).code);
    if (opened && !signal.aborted) {
      await tellLogs(context, opened, culprits(timings), {
        began,
        count: FAILED_LINES,
        groups: groups ?? PLAIN_GROUPS,
      });
    }
    throw error;
  }
  await finish(ExitCode.ok);
  return ExitCode.ok;
}

function isAddress({ type }: Event): boolean {
  return type === 'service' || type === 'process';
}

async function deliver({ options, terminal }: CommandContext, timings: Timings): Promise<void> {
  const json = JSON.stringify(timings, null, 2);
  const file = text(options, 'timings');
  if (file === undefined) return terminal.print(json);
  try {
    await writeFile(file, `${json}\n`);
  } catch (cause) {
    throw new UserError(`--timings: ${file} can't be written: ${messageOf(cause)}`, { cause });
  }
}
