import type { LogEvent } from '../../core/events.ts';
import { plainText, shownText } from '../../display/clean.ts';
import { type Level, levelOf } from './level.ts';

export interface StoredLine {
  /** Name of the service or process; null for a mark that the user has set. */
  readonly source: string | null;
  readonly level: Level;
  /** ISO 8601, null where it isn't known. */
  readonly time: string | null;
  /** With its colours. */
  readonly shown: string;
  /** What is searched and copied. */
  readonly plain: string;
}

export const CAPACITY = 100_000;

/**
 * The last lines of everything, in the order in which they came, outside of React: a ring whose lines are known by a
 * number that never changes.
 */
export class LogStore {
  readonly #lines: (StoredLine | undefined)[] = [];
  readonly #capacity: number;
  #end = 0;

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  /** Number of the oldest line that is still here. */
  get start(): number {
    return Math.max(0, this.#end - this.#capacity);
  }

  /** Number that the next line gets. */
  get end(): number {
    return this.#end;
  }

  push({ source, time, line }: Pick<LogEvent, 'source' | 'time' | 'line'>): void {
    const shown = shownText(line);
    const plain = plainText(shown);
    this.#add({ source, time, shown, plain, level: levelOf(plain) });
  }

  mark(text: string, time: string): void {
    this.#add({ source: null, time, shown: text, plain: text, level: 'error' });
  }

  at(number: number): StoredLine | undefined {
    return number >= this.start && number < this.#end ? this.#lines[number % this.#capacity] : undefined;
  }

  #add(line: StoredLine): void {
    this.#lines[this.#end % this.#capacity] = line;
    this.#end += 1;
  }
}
