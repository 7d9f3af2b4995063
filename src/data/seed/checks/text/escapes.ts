/** Escapes of Postgres' regular expressions that mean the same in brackets and outside, in the words of JavaScript. */
export const ESCAPES: Readonly<Record<string, string>> = {
  a: '\\x07',
  b: '\\x08',
  B: '\\\\',
  d: '\\d',
  D: '\\D',
  e: '\\x1b',
  f: '\\f',
  n: '\\n',
  r: '\\r',
  s: '\\s',
  S: '\\S',
  t: '\\t',
  v: '\\v',
};
