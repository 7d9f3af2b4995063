export const LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type Level = (typeof LEVELS)[number];

const ERROR =
  /\b(?:error|err|fatal|panic|crit(?:ical)?|emerg|alert|exception|uncaught|unhandled)\b|level"?[=:]"?(?:50|60)\b/i;
const WARNING = /\bwarn(?:ing)?\b|level"?[=:]"?40\b/i;
const DEBUG = /\b(?:debug|trace|verbose)\b|level"?[=:]"?(?:10|20)\b/i;
/** "0 errors" and the like say that there was none. */
const NONE = /\b(?:0|no|without) (?:errors?|warnings?)\b/i;
/** Where a line says its level, it does so at its beginning; later on the word may be anything. */
const HEAD = 160;

/** How grave a line sounds: by its words, for no two programs write it alike. Numbers are those of pino and bunyan. */
export function levelOf(text: string): Level {
  const head = text.slice(0, HEAD);
  if (ERROR.test(head) && !NONE.test(head)) return 'error';
  if (WARNING.test(head) && !NONE.test(head)) return 'warning';
  return DEBUG.test(head) ? 'debug' : 'info';
}

export function isAtLeast(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}
