/**
 * The time that mocks tell. It stands still but for a millisecond with each call, so that equal runs get equal times, and
 * goes on when somebody says so: `devenv time +30d`.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** A call has come: a millisecond later than the one before. */
  tick(): number;
}

export class VirtualClock implements Clock {
  #now: number;

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  tick(): number {
    this.#now += 1;
    return this.#now;
  }

  /** Never back: what has happened would lie in the future. */
  moveTo(ms: number): void {
    this.#now = Math.max(this.#now, ms);
  }
}
