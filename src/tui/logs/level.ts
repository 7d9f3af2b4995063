export const LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** Where a line says its level, it does so near its beginning; later on the word may be anything. */
const HEAD = 160;
/** A field of a structured line may stand behind others. */
const FIELDS = 2_000;

/** `"level":"warn"` of JSON and `level=warn` of logfmt; numbers are those of pino and bunyan. */
const FIELD = /(?:"(?:level|lvl|severity)"\s*:|(?:^|\s)(?:level|lvl|severity)=)\s*"?([a-z]+|\d+)/i;
/** After a time, a process and the like: `2026-01-01 10:00:00 UTC [1] ERROR:  …`, `[info] …`, `WARN  …`. */
const WORD = /^[\d\s:.,+/TZ-]*(?:UTC|GMT)?\s*(?:\[\d+\]\s*)?(?:\[([a-z]+)\]|([A-Z]{3,9})\b|([a-z]+):\s)/;

const MEANINGS: readonly (readonly [Level, RegExp])[] = [
  ['error', /^(?:error|err|fatal|panic|crit(?:ical)?|emerg(?:ency)?|alert|[56]0)$/i],
  ['warning', /^(?:warn|warning|40)$/i],
  ['info', /^(?:info|information|notice|log|hint|30)$/i],
  ['debug', /^(?:debug|trace|verbose|silly|[12]0)$/i],
];

const ERROR = /\b(?:error|err|fatal|panic|crit(?:ical)?|emerg|alert|exception|uncaught|unhandled|traceback)\b/i;
/** `TypeError: …`, as a runtime prints what was thrown. */
const THROWN = /\b[A-Z]\w*(?:Error|Exception)\b/;
const WARNING = /\bwarn(?:ing)?\b/i;
const DEBUG = /\b(?:debug|trace|verbose)\b/i;
/** "0 errors" and the like say that there was none. */
const NONE = /\b(?:0|no|without) (?:errors?|warnings?)\b/i;

/** How grave a line is: as it says itself, else as it sounds, for no two programs write it alike. */
export function levelOf(text: string): Level {
  const head = text.slice(0, HEAD);
  return saidLevel(text, head) ?? soundingLevel(head);
}

/** Of a trace and other things with lines of their own, such as printed objects, the rest is indented. */
export function isContinuation(text: string): boolean {
  return /^\s+\S/.test(text);
}

export function isAtLeast(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}

function saidLevel(text: string, head: string): Level | undefined {
  const [, field] = FIELD.exec(text.slice(0, FIELDS)) ?? [];
  const [, bracketed, capital, prefixed] = WORD.exec(head) ?? [];
  const word = field ?? bracketed ?? capital ?? prefixed ?? '';
  return MEANINGS.find(([, meaning]) => meaning.test(word))?.[0];
}

function soundingLevel(head: string): Level {
  const none = NONE.test(head);
  if (!none && (ERROR.test(head) || THROWN.test(head))) return 'error';
  if (!none && WARNING.test(head)) return 'warning';
  return DEBUG.test(head) ? 'debug' : 'info';
}
