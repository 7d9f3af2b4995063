/** Rows of something that goes on: so many of so many, since it began. */
export interface Counted {
  /** Such as the table whose turn it is. */
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly elapsedMs: number;
}

/** How far something has come that is counted in rows. */
export interface Progress {
  /** From 0 to 1. */
  readonly share: number;
  /** Rows a second, since it began. */
  readonly perSecond: number;
  /** Milliseconds, should it go on like that; null while that can't be told. */
  readonly leftMs: number | null;
}

/** Reckons with the rate since the beginning: tables that come one after the other differ too much for a shorter memory. */
export function progressOf(done: number, total: number, elapsedMs: number): Progress {
  const perSecond = elapsedMs > 0 ? Math.round((done / elapsedMs) * 1000) : 0;
  return {
    share: total > 0 ? Math.min(1, done / total) : 1,
    perSecond,
    leftMs: perSecond > 0 ? ((total - done) / perSecond) * 1000 : null,
  };
}
