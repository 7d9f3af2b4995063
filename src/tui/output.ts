import { plainText, shownText } from '../display/clean.ts';
import { type Row, row } from './row.ts';
import type { Running, UiState } from './state.ts';
import { wrapRow } from './wrap-row.ts';

export function outputLines(running: Running | null): readonly string[] {
  return (running?.lines ?? []).map((line) => plainText(shownText(line)));
}

/** What the last verb printed, wrapped; kept while that and the width are the same, for it may be long. */
export class OutputRows {
  #lines: readonly string[] = [];
  #columns = 0;
  #rows: readonly Row[] = [];

  of({ running, size }: Pick<UiState, 'running' | 'size'>): readonly Row[] {
    const lines = running?.lines ?? [];
    if (lines !== this.#lines || size.columns !== this.#columns) {
      this.#lines = lines;
      this.#columns = size.columns;
      this.#rows = outputLines(running).flatMap((line) => wrapRow(row(line), size.columns));
    }
    return this.#rows;
  }
}
