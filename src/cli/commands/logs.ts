import { logs } from '../../app/logs.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { CommandContext } from '../command.ts';
import { commonOptions, milliseconds, text } from '../flags.ts';
import { endedBy } from '../signals.ts';
import { whileRead } from '../while-read.ts';

export async function run(context: CommandContext): Promise<number> {
  const { args, options } = context;
  const since = text(options, 'since');
  const tail = text(options, 'tail');
  const follow = options.follow === true;
  using reading = follow ? await whileRead(context.signal) : null;
  const signal = reading?.signal ?? context.signal;
  try {
    await logs({
      ...commonOptions(context, printer(context)),
      signal,
      names: args,
      follow,
      since: since === undefined ? null : moment(since),
      tail: tail === undefined ? null : lineCount(tail),
      grep: text(options, 'grep') ?? null,
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return signal.aborted ? endedBy(signal) : ExitCode.ok;
}

/** The same columns for most projects. */
const SHORT_NAME = 9;

/** Lines are the result here, so they go where results go. */
function printer({ args, options, terminal }: CommandContext): Emit {
  let width = SHORT_NAME;
  return (event) => {
    if (event.type === 'stack') {
      const all = [...event.services, ...event.processes].map(({ name }) => name);
      const shown = all.filter((name) => args.length === 0 || args.includes(name));
      width = Math.max(width, ...shown.map((name) => name.length));
    }
    if (event.type !== 'log') return;
    terminal.print(options.json === true ? JSON.stringify(event) : `${event.source.padEnd(width)} ${event.line}`);
  };
}

/** A duration before now, or a date; as ISO 8601. */
function moment(value: string): string {
  const date = /^\d{4}-/.test(value) ? Date.parse(value) : Date.now() - (milliseconds(value) ?? Number.NaN);
  if (!Number.isNaN(date)) return new Date(date).toISOString();
  const hints = ['Write a date such as 2026-01-31T12:00:00Z, or a duration: 90s, 10m, 2h.'];
  throw new UserError(`--since: "${value}" is no date and no duration`, { code: 'usage', hints });
}

function lineCount(value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new UserError(`--tail: "${value}" is no number of lines`, { code: 'usage' });
}
