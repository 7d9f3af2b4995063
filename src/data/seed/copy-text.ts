import type { TableRows } from './table/table-rows.ts';
import { encoderOf } from './values/index.ts';

/** A piece that is worth a write of its own, in characters. */
const PIECE = 64 * 1024;

/** Rows as COPY's text format has them (Postgres manual, COPY, "Text Format"), in pieces. */
export function* copyText(
  rows: TableRows,
  from = rows.first,
  until = rows.first + rows.count,
): Generator<{ readonly text: string; readonly rows: number }> {
  const lineOf = copyLine(rows);
  let text = '';
  let count = 0;
  for (let row = from; row < until; row += 1) {
    text += lineOf(row);
    text += '\n';
    count += 1;
    if (text.length < PIECE) continue;
    yield { text, rows: count };
    text = '';
    count = 0;
  }
  if (count > 0) yield { text, rows: count };
}

/** One row in that format, without the end of its line. */
export function copyLine({ columns, makers }: Pick<TableRows, 'columns' | 'makers'>): (row: number) => string {
  const cells = columns.map(({ type }, index) => ({
    make: makers[index] as (typeof makers)[number],
    encode: encoderOf(type),
  }));
  return (row) => {
    let text = '';
    for (let index = 0; index < cells.length; index += 1) {
      const { make, encode } = cells[index] as (typeof cells)[number];
      const value = make(row);
      if (index > 0) text += '\t';
      text += value === null ? '\\N' : escaped(encode(value));
    }
    return text;
  };
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (one) => ESCAPES[one] ?? one) : text;
}
