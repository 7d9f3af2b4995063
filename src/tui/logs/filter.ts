import { isAtLeast, type Level } from './level.ts';
import type { StoredLine } from './log-store.ts';

/** What of the logs is shown. */
export interface Filter {
  /** Null: of everything. */
  readonly source: string | null;
  readonly level: Level;
  /** As typed: a regular expression without regard to case, `!` before it for all lines that don't match. */
  readonly text: string;
}

export interface Pattern {
  readonly matches: (text: string) => boolean;
  /** What to highlight; null where nothing is, as with `!`. */
  readonly highlight: RegExp | null;
  /** The text is no valid expression and is taken as it stands. */
  readonly literal: boolean;
}

export function parsePattern(typed: string): Pattern {
  const negated = typed.startsWith('!');
  const text = negated ? typed.slice(1) : typed;
  if (text === '') return { matches: () => true, highlight: null, literal: false };
  const { regex, literal } = compile(text);
  return {
    matches: negated ? (line) => !regex.test(line) : (line) => regex.test(line),
    highlight: negated ? null : new RegExp(regex.source, 'gi'),
    literal,
  };
}

export function makeTest(filter: Filter, { matches }: Pattern): (line: StoredLine) => boolean {
  return (line) =>
    line.source === null ||
    ((filter.source === null || line.source === filter.source) &&
      isAtLeast(line.level, filter.level) &&
      matches(line.plain));
}

function compile(text: string): { readonly regex: RegExp; readonly literal: boolean } {
  try {
    return { regex: new RegExp(text, 'i'), literal: false };
  } catch {
    return { regex: new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i'), literal: true };
  }
}
