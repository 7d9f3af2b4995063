import type { LogLine, LogOptions } from '../../../core/runtime.ts';
import { parseLogLine } from './log-line.ts';
import { LogReader } from './log-reader.ts';

/** A server's log: what is there, then, if wanted, what comes until the signal is aborted. */
export async function* readLog(
  file: string,
  engine: string,
  options: LogOptions,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const reader = new LogReader(file);
  const wanted = sinceFilter(options.since);
  const lines = await reader.rest();
  const read = options.follow ? lines : [...lines, ...reader.unended()];
  const present = read.map((line) => parseLogLine(engine, line)).filter(wanted);
  yield* options.tail === undefined ? present : present.slice(Math.max(0, present.length - options.tail));
  try {
    while (options.follow && (await reader.grown(signal))) {
      for (const line of await reader.rest()) yield parseLogLine(engine, line);
    }
  } finally {
    reader.close();
  }
}

/** A line without a time goes with the one before it. */
function sinceFilter(since: string | undefined): (line: LogLine) => boolean {
  if (since === undefined) return () => true;
  const from = new Date(since).getTime();
  let reached = false;
  return (line) => {
    if (line.time !== null) reached = new Date(line.time).getTime() >= from;
    return reached;
  };
}
