import type { TableRows } from './table/table-rows.ts';
import { encoderOf } from './values/index.ts';

/** A piece that is worth a write of its own, in characters. */
const PIECE = 64 * 1024;

/** Rows as COPY's text format has them (Postgres manual, COPY, "Text Format"), in pieces. */
export function* copyText(
  { columns, makers, first, count }: TableRows,
  from = first,
  until = first + count,
): Generator<{ readonly text: string; readonly rows: number }> {
  const encoders = columns.map(({ type }) => encoderOf(type));
  let text = '';
  let rows = 0;
  for (let row = from; row < until; row += 1) {
    for (let index = 0; index < makers.length; index += 1) {
      const value = (makers[index] as (typeof makers)[number])(row);
      if (index > 0) text += '\t';
      text += value === null ? '\\N' : escaped((encoders[index] as (typeof encoders)[number])(value));
    }
    text += '\n';
    rows += 1;
    if (text.length < PIECE) continue;
    yield { text, rows };
    text = '';
    rows = 0;
  }
  if (rows > 0) yield { text, rows };
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (one) => ESCAPES[one] ?? one) : text;
}
