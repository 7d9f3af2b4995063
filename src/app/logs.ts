import { UserError } from '../core/errors.ts';
import type { LogEvent } from '../core/events.ts';
import type { LogOptions } from '../core/runtime.ts';
import { type Followed, followLogs, logSources } from './follow-logs.ts';
import { openEnvironment } from './open.ts';
import type { CommonOptions } from './options.ts';
import { refuseUnknownMembers } from './unknown-name.ts';

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
  const opened = await openEnvironment(options);
  const { stack } = opened;
  refuseUnknownMembers(options.names, stack);
  const matches = matcher(options.grep);
  const now = new Date().toISOString();
  const range = {
    ...(options.since ? { since: options.since } : {}),
    ...(options.tail === null ? {} : { tail: options.tail }),
  };
  const past = await history(opened, { ...range, names: options.names, signal: options.signal });
  for (const event of past) if (matches(event.line)) options.emit(event);
  if (options.follow) {
    await followLogs(opened, { since: now, names: options.names, emit: options.emit, signal: options.signal, matches });
  }
}

/** What was said so far, in the order of time. */
export async function history(
  { stack, runtime }: Followed,
  {
    names,
    signal,
    ...range
  }: Omit<LogOptions, 'follow'> & { readonly names?: readonly string[]; readonly signal: AbortSignal },
): Promise<readonly LogEvent[]> {
  const events: LogEvent[] = [];
  for (const { name, lines } of logSources(stack, runtime, { ...range, follow: false }, signal, names)) {
    for await (const line of lines) events.push({ type: 'log', source: name, ...line });
  }
  return inOrder(events);
}

/** What one of them said last since a time (ISO 8601); nothing where there is no log to read. */
export async function lastLines(
  opened: Followed,
  name: string,
  { count, since }: { readonly count: number; readonly since: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const events = await history(opened, { names: [name], tail: count, since, signal }).catch(() => []);
  return events.slice(-count).map(({ line }) => line);
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
