import { lastLines } from '../app/logs.ts';
import type { OpenEnvironment } from '../app/open.ts';
import { type UpOptions, type UpResult, up } from '../app/up.ts';
import type { Event } from '../core/events.ts';
import { culprits, timingsOf } from '../core/timings.ts';
import { PLAIN_GROUPS } from '../display/ci.ts';
import type { CommandContext } from './command.ts';
import { errorText } from './error-text.ts';

/** Above the error, in a terminal that holds some thirty. */
const FAILED_LINES = 10;

/** `up`; what failed is heard too, or everybody's next command would be `logs`. */
export async function upOrTell(context: CommandContext, options: UpOptions): Promise<UpResult> {
  const began = Date.now();
  const events: Event[] = [];
  let opened: OpenEnvironment | null = null;
  try {
    return await up({
      ...options,
      entered: (environment) => {
        opened = environment;
      },
      emit: (event) => {
        options.emit(event);
        if (event.type !== 'log' && event.type !== 'step-progress') events.push(event);
      },
    });
  } catch (error) {
    if (opened && !context.signal.aborted && context.options.json !== true) {
      const timings = timingsOf(events, { began, ended: Date.now(), exitCode: errorText(error).code });
      await tellLogs(context, opened, culprits(timings), { began, count: FAILED_LINES, groups: PLAIN_GROUPS });
    }
    throw error;
  }
}

/** Also with `--quiet`: it is what the error is about. */
export async function tellLogs(
  { terminal, signal }: CommandContext,
  opened: OpenEnvironment,
  names: readonly string[],
  { began, count, groups }: { readonly began: number; readonly count: number; readonly groups: typeof PLAIN_GROUPS },
): Promise<void> {
  const since = new Date(began).toISOString();
  for (const name of names) {
    const lines = await lastLines(opened, name, { count, since }, signal);
    if (lines.length === 0) continue;
    const title = `The last ${lines.length === 1 ? 'line' : `${lines.length} lines`} of ${name}`;
    for (const line of [...groups.begin(title), ...lines.map((line) => `${name} │ ${line}`), ...groups.end()]) {
      terminal.tell(line);
    }
  }
}
