import type { LogLine } from '../../../core/runtime.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A server's line with its time, where it tells one we can read. Postgres writes to standard error, others don't. */
export function parseLogLine(engine: string, line: string): LogLine {
  return { stream: engine === 'postgres' ? 'err' : 'out', time: postgresTime(line) ?? redisTime(line), line };
}

/** `%m` in UTC: `2026-11-21 10:00:00.123 UTC [4711] LOG:  …` */
function postgresTime(line: string): string | null {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) (?:UTC|GMT) /.exec(line);
  return match ? iso(`${match[1]}T${match[2]}Z`) : null;
}

/** Servers are started with the time zone UTC: `4711:M 21 Nov 2026 10:00:00.123 * Ready to accept connections` */
function redisTime(line: string): string | null {
  const match = /^\d+:[A-Z] (\d\d) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d(?:\.\d+)?) /.exec(line);
  const month = MONTHS.indexOf(match?.[2] ?? '') + 1;
  if (!match || month === 0) return null;
  return iso(`${match[3]}-${String(month).padStart(2, '0')}-${match[1]}T${match[4]}Z`);
}

function iso(text: string): string | null {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
