import type { Area } from './logs/window.ts';
import type { Size, UiState } from './state.ts';

export const SMALLEST: Size = { columns: 40, rows: 10 };

/** Header, tabs, status and keys. */
const CHROME_ROWS = 4;

/** Of the list, where what things take has room: on the smallest usual terminal it gets a larger share for that. */
const FIGURES_FIT = 30;

export interface Layout {
  readonly tooSmall: boolean;
  /** Zero where the pane has the whole width. */
  readonly membersWidth: number;
  readonly pane: Area;
}

export function layoutOf({ size, zoom }: Pick<UiState, 'size' | 'zoom'>): Layout {
  const { columns, rows } = size;
  const tooSmall = columns < SMALLEST.columns || rows < SMALLEST.rows;
  const share = Math.max(Math.min(FIGURES_FIT, Math.floor(columns * 0.375)), Math.floor(columns * 0.3));
  const membersWidth = zoom ? 0 : Math.max(18, Math.min(40, share));
  // A line stands between the two.
  const width = columns - (zoom ? 0 : membersWidth + 1);
  return { tooSmall, membersWidth, pane: { width: Math.max(1, width), height: Math.max(1, rows - CHROME_ROWS) } };
}
