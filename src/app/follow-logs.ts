import type { Emit } from '../core/events.ts';
import type { LogLine, LogOptions, Runtime } from '../core/runtime.ts';
import type { Stack } from '../core/stack.ts';
import { readLogs } from '../supervisor/logs.ts';

export interface Followed {
  readonly stack: Stack;
  readonly runtime: Runtime;
}

/** Emits what services and processes say from a moment on, until the signal is aborted. */
export async function followLogs(
  { stack, runtime }: Followed,
  options: {
    readonly since?: string;
    readonly tail?: number;
    readonly names?: readonly string[];
    readonly emit: Emit;
    readonly signal: AbortSignal;
    readonly matches?: (line: string) => boolean;
  },
): Promise<void> {
  const { emit, signal, since, tail } = options;
  const logOptions = { follow: true, ...(since ? { since } : {}), ...(tail === undefined ? {} : { tail }) };
  await Promise.all(
    logSources(stack, runtime, logOptions, signal, options.names).map(async ({ name, lines }) => {
      for await (const line of untilAborted(lines, signal)) {
        if (options.matches?.(line.line) ?? true) emit({ type: 'log', source: name, ...line });
      }
    }),
  );
}

export interface LogSource {
  readonly name: string;
  readonly lines: AsyncIterable<LogLine>;
}

/** One stream of lines for each service and process, or for those that are named. */
export function logSources(
  stack: Stack,
  runtime: Runtime,
  options: LogOptions,
  signal: AbortSignal,
  names: readonly string[] = [],
): readonly LogSource[] {
  const { id } = stack.environment;
  const chosen = (name: string) => names.length === 0 || names.includes(name);
  return [
    ...stack.services.map(({ name }) => ({ name, lines: runtime.logs(id, name, options, signal) })),
    ...stack.processes.map(({ name }) => ({ name, lines: readLogs(id, name, options, signal) })),
  ].filter(({ name }) => chosen(name));
}

async function* untilAborted(lines: AsyncIterable<LogLine>, signal: AbortSignal): AsyncIterable<LogLine> {
  try {
    yield* lines;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
