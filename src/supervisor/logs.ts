import type { LogLine, LogOptions } from '../core/runtime.ts';
import { FileWake } from '../lib/file-wake.ts';
import { LineSplitter, MAX_LINE_BYTES } from '../lib/lines.ts';
import { environmentState } from '../lib/paths.ts';
import { logPath } from './locations.ts';
import { parseLogLine } from './log-format.ts';
import { type LogSource, openLogs, seekLastLines } from './log-history.ts';

const READ_BYTES = 64 * 1024;
/** The time and the name of the stream come on top of what the process wrote; decoding may have tripled that. */
const MAX_ENTRY_BYTES = 4 * MAX_LINE_BYTES;

/**
 * The lines of one process, oldest first, from its log files: no supervisor has to run. With `follow` it goes on, across
 * rotations and restarts of the supervisor, until the signal is aborted; then it ends without an error.
 */
export function readLogs(
  environment: string,
  name: string,
  options: LogOptions,
  signal: AbortSignal,
): AsyncIterable<LogLine> {
  return readLogFile(logPath(environmentState(environment), name), options, signal);
}

export async function* readLogFile(file: string, options: LogOptions, signal: AbortSignal): AsyncIterable<LogLine> {
  const since = options.since === undefined ? null : Date.parse(options.since);
  for await (const text of readTexts(file, options, signal)) {
    const line = parseLogLine(text);
    if (since === null || (line.time !== null && Date.parse(line.time) >= since)) yield line;
  }
}

async function* readTexts(file: string, options: LogOptions, signal: AbortSignal): AsyncGenerator<string> {
  const splitter = new LineSplitter(MAX_ENTRY_BYTES);
  const wake = new FileWake(file);
  // One for all reads: the splitter copies what it keeps.
  const buffer = Buffer.alloc(READ_BYTES);
  const open = await openLogs(file);
  try {
    if (options.tail !== undefined) await seekLastLines(open, options.tail);
    while (!signal.aborted) {
      const source = open[0];
      if (source) yield* readToEnd(source, buffer, splitter, signal);
      if (open.length > 1) {
        await closeFirst(open);
      } else if (!options.follow) {
        yield* splitter.flush();
        return;
      } else if (!(await openNext(file, open))) {
        await wake.next(signal);
      }
    }
  } finally {
    wake.close();
    for (const source of open) await source.handle.close();
  }
}

async function* readToEnd(
  source: LogSource,
  buffer: Buffer,
  splitter: LineSplitter,
  signal: AbortSignal,
): AsyncGenerator<string> {
  while (!signal.aborted) {
    const { bytesRead } = await source.handle.read(buffer, 0, READ_BYTES, source.position);
    if (bytesRead === 0) return;
    source.position += bytesRead;
    yield* splitter.push(buffer.subarray(0, bytesRead));
  }
}

/**
 * Opens what came after the file that has been read to its end; false when nothing did. Where two rotations have
 * passed meanwhile, what is left of the time between is read too.
 */
async function openNext(file: string, open: LogSource[]): Promise<boolean> {
  const found = await openLogs(file);
  const known = found.findIndex((source) => source.inode === open[0]?.inode);
  const fresh = found.slice(known + 1);
  for (const source of found.slice(0, known + 1)) await source.handle.close();
  open.push(...fresh);
  return fresh.length > 0;
}

async function closeFirst(open: LogSource[]): Promise<void> {
  await open.shift()?.handle.close();
}
