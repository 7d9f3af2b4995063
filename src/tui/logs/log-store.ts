import type { LogEvent } from '../../core/events.ts';
import { plainText, shownText } from '../../display/clean.ts';
import type { Ending } from './ending.ts';
import { isAtLeast, isContinuation, type Level, levelOf } from './level.ts';

export interface StoredLine {
  /** Name of the service or process; null for a mark that the user has set. */
  readonly source: string | null;
  readonly level: Level;
  /** It belongs to a line before it, such as the frames of a stack trace to their error. */
  readonly continues: boolean;
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
  /** Of the last line of each source that is no continuation. */
  readonly #levels = new Map<string, Level>();
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
    this.#add({ source, time, shown, plain, ...this.#gravity(source, plain) });
  }

  /** What continues something grave is as grave. */
  #gravity(source: string, plain: string): Pick<StoredLine, 'level' | 'continues'> {
    const before = this.#levels.get(source) ?? 'info';
    if (isContinuation(plain) && isAtLeast(before, 'warning')) return { level: before, continues: true };
    const level = levelOf(plain);
    if (plain !== '') this.#levels.set(source, level);
    return { level, continues: false };
  }

  /** A line that is devenv's. */
  tell({ source, line, level }: Ending, time: string): void {
    this.#add({ source, time, shown: line, plain: line, level, continues: false });
  }

  mark(text: string, time: string): void {
    this.#add({ source: null, time, shown: text, plain: text, level: 'error', continues: false });
  }

  at(number: number): StoredLine | undefined {
    return number >= this.start && number < this.#end ? this.#lines[number % this.#capacity] : undefined;
  }

  #add(line: StoredLine): void {
    this.#lines[this.#end % this.#capacity] = line;
    this.#end += 1;
  }
}
