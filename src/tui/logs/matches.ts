import { type Filter, makeTest, parsePattern } from './filter.ts';
import type { LogStore } from './log-store.ts';

/** Numbers of the lines that pass a filter, kept up to date by looking at new lines only. */
export class Matches {
  readonly filter: Filter;
  /** What of a line was searched for; null where nothing was. */
  readonly highlight: RegExp | null;
  /** The text is no valid expression and was taken as it stands. */
  readonly literal: boolean;
  readonly #store: LogStore;
  readonly #test: ReturnType<typeof makeTest>;
  /** Ascending. Those before `#first` have left the store. */
  #numbers: number[] = [];
  #first = 0;
  #seen: number;

  constructor(store: LogStore, filter: Filter) {
    this.#store = store;
    this.filter = filter;
    const pattern = parsePattern(filter.text);
    this.highlight = pattern.highlight;
    this.literal = pattern.literal;
    this.#test = makeTest(filter, pattern);
    this.#seen = store.start;
  }

  /** How many there are. */
  get length(): number {
    this.#update();
    return this.#numbers.length - this.#first;
  }

  /** Number of the line at a place among them. */
  at(index: number): number | undefined {
    return index < 0 ? undefined : this.#numbers[this.#first + index];
  }

  /** The place of the first line whose number is at least this one; `length` when there is none. */
  indexOf(number: number): number {
    let low = this.#first;
    let high = this.#numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#numbers[middle] as number) < number) low = middle + 1;
      else high = middle;
    }
    return low - this.#first;
  }

  #update(): void {
    const { start, end } = this.#store;
    for (let number = Math.max(this.#seen, start); number < end; number += 1) {
      const line = this.#store.at(number);
      if (line && this.#test(line)) this.#numbers.push(number);
    }
    this.#seen = end;
    while (this.#first < this.#numbers.length && (this.#numbers[this.#first] as number) < start) this.#first += 1;
    // Cut off in large pieces: each time would copy the rest for every line that leaves.
    if (this.#first > 50_000) {
      this.#numbers = this.#numbers.slice(this.#first);
      this.#first = 0;
    }
  }
}
