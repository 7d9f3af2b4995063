const READY = /ready to accept connections/i;
/** What Postgres tells a client, by the client's own process: nothing that ends the server. */
const TO_A_CLIENT = /\b(?:FATAL|ERROR): /;
const TOO_EARLY = /the database system is (?:starting up|shutting down|in recovery mode|not yet accepting)/;
const STRONG = /\b(?:FATAL|PANIC)\b/i;
const WEAK = /\b(?:error|failed|could not|can't|cannot)\b/i;

/** Why a server ended: of what it said in its last run, the last line that sounds like a reason. */
export function tellingLine(lines: readonly string[]): string | undefined {
  const ready = lines.findLastIndex((line) => READY.test(line));
  const told = lines.slice(ready + 1).filter((line) => !TOO_EARLY.test(line) && (ready < 0 || !TO_A_CLIENT.test(line)));
  const line = told.findLast((one) => STRONG.test(one)) ?? told.findLast((one) => WEAK.test(one));
  return line === undefined ? undefined : withoutPrefix(line);
}

/** Without the time and the process that the servers put first. */
export function withoutPrefix(line: string): string {
  return line
    .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]* \S+ \[\d+\] /, '')
    .replace(/^\d+:[A-Z] \d\d \w{3} \d{4} [\d:.]+ [.*#-] /, '')
    .trim();
}
