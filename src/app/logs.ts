import { UserError } from '../core/errors.ts';
import type { LogEvent } from '../core/events.ts';
import { followLogs, logSources } from './follow-logs.ts';
import { openEnvironment } from './open.ts';
import type { CommonOptions } from './options.ts';
import { refuseUnknown } from './unknown-name.ts';

export interface LogsOptions extends CommonOptions {
  readonly names: readonly string[];
  readonly follow: boolean;
  /** ISO 8601. */
  readonly since: string | null;
  readonly tail: number | null;
  readonly grep: string | null;
}

/** What was said so far, in the order of time, then what comes if asked to follow. */
export async function logs(options: LogsOptions): Promise<void> {
  const opened = await openEnvironment({ ...options, emit: () => {} });
  const { stack, runtime } = opened;
  refuseUnknown(
    options.names,
    [...stack.services, ...stack.processes].map(({ name }) => name),
  );
  const matches = matcher(options.grep);
  const now = new Date().toISOString();
  const past = {
    follow: false,
    ...(options.since ? { since: options.since } : {}),
    ...(options.tail === null ? {} : { tail: options.tail }),
  };
  const events: LogEvent[] = [];
  for (const { name, lines } of logSources(stack, runtime, past, options.signal, options.names)) {
    for await (const line of lines) if (matches(line.line)) events.push({ type: 'log', source: name, ...line });
  }
  for (const event of inOrder(events)) options.emit(event);
  if (options.follow) {
    await followLogs(opened, { since: now, names: options.names, emit: options.emit, signal: options.signal, matches });
  }
}

/** By time; a line that has none stays behind the one before it. */
function inOrder(events: readonly LogEvent[]): readonly LogEvent[] {
  let last = '';
  const keyed = events.map((event, index) => {
    last = event.time ?? (index > 0 && events[index - 1]?.source === event.source ? last : '');
    return { event, key: last, index };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index)).map(({ event }) => event);
}

function matcher(pattern: string | null): (line: string) => boolean {
  if (pattern === null) return () => true;
  try {
    const regex = new RegExp(pattern, 'i');
    return (line) => regex.test(line);
  } catch (error) {
    throw new UserError(`--grep: ${(error as Error).message}`, { code: 'usage', cause: error });
  }
}
