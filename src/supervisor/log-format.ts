import type { LogLine } from '../core/runtime.ts';

/** `<ISO time> <out|err> <line>`, without the newline. */
export function formatLogLine(line: LogLine): string {
  return `${line.time} ${line.stream} ${line.line}`;
}

/** A line that isn't ours, such as one that was cut off by a full disk, comes back whole and without a time. */
export function parseLogLine(text: string): LogLine {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (out|err) /.exec(text);
  if (!match) return { stream: 'out', time: null, line: text };
  return { stream: match[2] as 'out' | 'err', time: match[1] as string, line: text.slice(match[0].length) };
}
