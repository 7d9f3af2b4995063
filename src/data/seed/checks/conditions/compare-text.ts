import type { Pattern } from '../../domain.ts';
import type { Operator } from '../../operator.ts';
import type { Constant } from '../constants.ts';
import { ALWAYS, both, either, NEVER, partly, type Ways, wayOf } from '../ways.ts';
import { type Atom, atom, negated } from './atom.ts';
import type { Operand } from './operand.ts';
import { Beyond } from './reading.ts';
import { literally, type Text } from './text.ts';

export function regex(source: string, options: Partial<Pattern> = {}): Pattern {
  return { kind: 'regex', source, ignoreCase: false, negated: false, ...options };
}

/** A text fits the pattern, or doesn't. */
export function fitting(column: string, pattern: Pattern): Atom {
  return atom(
    [column],
    () => wayOf(column, { patterns: [pattern] }),
    () => wayOf(column, { patterns: [{ ...pattern, negated: !pattern.negated }] }),
  );
}

/** A text, or what lower() and trim() make of it, with a constant. */
export function comparedText(text: Text, operator: Operator, constant: Constant): Atom {
  if (constant.kind !== 'text') throw new Beyond(`compares ${text.column} with what is no text`);
  if (operator === '<>' || (operator === '>' && constant.value === ''))
    return negated(comparedText(text, '=', constant));
  if (operator !== '=') throw new Beyond(`compares ${text.column} by its order`);
  const { value } = constant;
  const { column, letters, trim, ignoreCase } = text;
  if (changed(value, text) !== value)
    return atom(
      [column],
      () => NEVER,
      () => ALWAYS,
    );
  if (trim !== null)
    return value === '' ? negated(fitting(column, regex('[^ ]'))) : fitting(column, whole(value, text));
  if (value === '') {
    return atom(
      [column],
      () => wayOf(column, { maxLength: 0 }),
      () => wayOf(column, { minLength: 1 }),
    );
  }
  if (letters === null && !ignoreCase) {
    return atom(
      [column],
      () => wayOf(column, { oneOf: [value] }),
      () => wayOf(column, { noneOf: [value] }),
    );
  }
  return fitting(column, whole(value, text));
}

function changed(value: string, { letters, trim }: Text): string {
  const cased = letters === 'lower' ? value.toLowerCase() : letters === 'upper' ? value.toUpperCase() : value;
  const left = trim === 'both' || trim === 'left' ? cased.replace(/^ +/, '') : cased;
  return trim === 'both' || trim === 'right' ? left.replace(/ +$/, '') : left;
}

/** The whole text is this one, before lower() and trim() were applied. */
function whole(value: string, { letters, trim, ignoreCase }: Text): Pattern {
  const before = trim === 'both' || trim === 'left' ? ' *' : '';
  const after = trim === 'both' || trim === 'right' ? ' *' : '';
  return regex(`^${before}${literally(value)}${after}$`, { ignoreCase: ignoreCase || letters !== null });
}

const LETTERS = { lower: '^[^[:upper:]]*$', upper: '^[^[:lower:]]*$' } as const;
const TRIMMED = { both: '^([^ ](.*[^ ])?)?$', left: '^([^ ].*)?$', right: '^(.*[^ ])?$' } as const;

/** The pattern of texts that trim() leaves as they are. */
export const TRIMMED_TEXT = TRIMMED.both;

/** What lower() and trim() leave as it is. */
export function unchanged({ letters, trim }: Text): readonly Pattern[] {
  return [...(letters ? [regex(LETTERS[letters])] : []), ...(trim ? [regex(TRIMMED[trim])] : [])];
}

/** `lower(x) = x` and the like; two columns of text are not compared by construction. */
export function comparedTexts(left: Text, operator: Operator, right: Text): Atom {
  if (operator === '<>') return negated(comparedTexts(left, '=', right));
  const [plain, edited] = unchanged(left).length === 0 ? [left, right] : [right, left];
  if (operator !== '=' || left.column !== right.column || unchanged(plain).length > 0) {
    throw new Beyond(`compares the texts ${left.column} and ${right.column}`);
  }
  const patterns = unchanged(edited);
  const { column } = plain;
  return atom(
    [column],
    () => wayOf(column, { patterns }),
    () => either(...patterns.map((one) => wayOf(column, { patterns: [{ ...one, negated: true }] }))),
  );
}

/** `left(x, 3) = 'abc'`. */
export function comparedPart(
  operand: Extract<Operand, { kind: 'part' }>,
  operator: Operator,
  constant: Constant,
): Atom {
  if (constant.kind !== 'text') throw new Beyond('compares a part of a text with what is no text');
  if (operator === '<>') return negated(comparedPart(operand, '=', constant));
  if (operator !== '=') throw new Beyond('compares a part of a text by its order');
  const { column, side, length } = operand;
  const size = [...constant.value].length;
  if (size > length)
    return atom(
      [column],
      () => NEVER,
      () => ALWAYS,
    );
  const literal = literally(constant.value);
  const edge = size < length ? `^${literal}$` : side === 'prefix' ? `^${literal}` : `${literal}$`;
  return fitting(column, regex(edge));
}

/** `position('@' in x) > 1`: where a text has another in it. */
export function comparedPosition(
  { text, needle }: Extract<Operand, { kind: 'position' }>,
  operator: Operator,
  constant: Constant,
): Atom {
  const { column } = text;
  if (constant.kind !== 'number' || unchanged(text).length > 0) throw new Beyond(`searches in a changed ${column}`);
  const inside = fitting(column, regex(literally(needle), { ignoreCase: text.ignoreCase }));
  const first = fitting(column, regex(`^${literally(needle)}`, { ignoreCase: text.ignoreCase }));
  const asked = `${operator} ${constant.value}`;
  if (asked === '> 0' || asked === '>= 1' || asked === '<> 0') return inside;
  if (asked === '= 0' || asked === '< 1' || asked === '<= 0') return negated(inside);
  if (asked === '= 1') return first;
  if (asked !== '> 1' && asked !== '>= 2') throw new Beyond(`asks for a place in ${column}`);
  return atom(
    [column],
    () => both(inside.yes(), first.no()),
    () => either(inside.no(), first.yes()),
  );
}

/** A text, or what lower() and trim() make of it, with a pattern: of a changed one some of the ways, those it leaves alone. */
export function matched(text: Text, pattern: Pattern): Atom {
  const ignoreCase = pattern.ignoreCase || text.ignoreCase;
  const plain = fitting(text.column, { ...pattern, ignoreCase });
  const patterns = unchanged(text);
  if (patterns.length === 0 && text.padded === null) return plain;
  const narrowed = (ways: Ways) => partly(both(ways, wayOf(text.column, { patterns, minLength: text.padded })));
  return atom(
    [text.column],
    () => narrowed(plain.yes()),
    () => narrowed(plain.no()),
  );
}
