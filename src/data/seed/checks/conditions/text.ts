import type { Node } from 'libpg-query';
import { folded } from './fold.ts';
import { operandOf } from './operand.ts';
import { callOf, type Reading } from './reading.ts';

/** A text column, as it is or changed: lower(x), trim(x), or both. */
export interface Text {
  readonly kind: 'text';
  readonly column: string;
  readonly letters: 'lower' | 'upper' | null;
  readonly trim: 'both' | 'left' | 'right' | null;
  /** Of citext: comparisons don't see the case. */
  readonly ignoreCase: boolean;
  /** Of char(n): patterns see the blanks that fill it up, unless it is cast. */
  readonly padded: number | null;
}

const TRIMS: Readonly<Record<string, 'both' | 'left' | 'right'>> = { btrim: 'both', ltrim: 'left', rtrim: 'right' };

/** A text with changes to it; null where it is something else. */
export function edited(node: Node, reading: Reading): Text | null {
  const call = callOf(node);
  const [first, second] = call?.args ?? [];
  if (!call || !first) return null;
  const letters = call.name === 'lower' || call.name === 'upper' ? call.name : null;
  const trim = TRIMS[call.name] ?? null;
  if (letters === null && trim === null) return null;
  const inner = operandOf(first, reading);
  if (inner.kind !== 'text') return null;
  if (letters !== null && second === undefined) return inner.letters === null ? { ...inner, letters } : null;
  const blanks = second ? folded(second, reading) : null;
  const blank = second === undefined || (blanks?.kind === 'text' && blanks.value === ' ');
  return trim !== null && blank && inner.trim === null ? { ...inner, trim } : null;
}

/** The text as a pattern that says it and nothing else. */
export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
