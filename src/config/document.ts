import type { Path } from './path.ts';

/** Counts from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where in an entry: at its key, or at its value. */
export type Part = 'key' | 'value';

/** What a parser found wrong, in the file that it was given. */
export interface Flaw {
  readonly path: Path;
  readonly message: string;
  readonly position?: Position;
  /** Instead of the file that was given, such as a module that it imports. */
  readonly file?: string;
  /** All that the file says could be read nevertheless. */
  readonly harmless?: true;
}

/** From and to, both included. */
export type Lines = readonly [from: number, to: number];

/** A parsed file: plain data, and where each part of it stands. */
export interface Document {
  /** What could be read of it, so that the rest can be checked next to its flaws; undefined when nothing could. */
  readonly value: unknown;
  readonly flaws: readonly Flaw[];
  /** Where a flaw leaves open what was meant: nothing else should be said of these lines. */
  readonly unclear?: readonly Lines[];
  /** Undefined for a path that is not in the file, and in formats that run instead of being read. */
  at(path: Path, part: Part): Position | undefined;
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

export function broken(...flaws: readonly Flaw[]): Document {
  return { value: undefined, flaws, at: () => undefined };
}

/** Why what a parser made of a file is not what the file says; beside an unknown tag, such as `!reference`, it is. */
export function whyUnclear({ flaws, unclear = [] }: Document): Flaw | undefined {
  return unclear.length > 0 && flaws.some(({ message }) => !message.startsWith('Unresolved tag'))
    ? flaws[0]
    : undefined;
}
