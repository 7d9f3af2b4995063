import type { Domain } from '../../domain.ts';
import { type Operator, opposite } from '../../operator.ts';
import type { Constant } from '../constants.ts';
import { both, either, partly, type Ways, wayOf } from '../ways.ts';
import { type Atom, atom, negated } from './atom.ts';
import { fitting, regex, TRIMMED_TEXT } from './compare-text.ts';
import type { Operand } from './operand.ts';
import { Beyond } from './reading.ts';

/** Texts of which each character is one byte. */
const ASCII = '^[ -~]*$';

export function comparedLength(
  operand: Extract<Operand, { kind: 'length' }>,
  operator: Operator,
  constant: Constant,
): Atom {
  const { column, of, trimmed } = operand;
  if (constant.kind !== 'number') throw new Beyond(`compares the length of ${column} with what is no number`);
  const { value } = constant;
  if (trimmed && of === 'characters') {
    const asked = `${operator} ${value}`;
    if (asked === '> 0' || asked === '>= 1' || asked === '<> 0') return fitting(column, regex('[^ ]'));
    if (asked === '= 0' || asked === '< 1' || asked === '<= 0') return negated(fitting(column, regex('[^ ]')));
  }
  const ways = (wanted: Operator) => () => {
    const long = either(...lengths(wanted, value).map((lengthIs) => wayOf(column, lengthIs)));
    const extras = [
      ...(trimmed ? [wayOf(column, { patterns: [regex(TRIMMED_TEXT)] })] : []),
      ...(of === 'ascii' ? [wayOf(column, { patterns: [regex(ASCII)] })] : []),
    ];
    return extras.length > 0 ? partly(both(long, ...extras)) : of === 'array' ? both(long, notEmpty(column)) : long;
  };
  const compared = atom([column], ways(operator), ways(opposite(operator)));
  // array_length of an empty array is NULL.
  return of === 'array' ? { ...compared, unknown: () => wayOf(column, { maxLength: 0 }) } : compared;
}

function notEmpty(column: string): Ways {
  return wayOf(column, { minLength: 1 });
}

function lengths(operator: Operator, value: number): readonly Partial<Domain>[] {
  switch (operator) {
    case '<':
      return [{ maxLength: Math.ceil(value) - 1 }];
    case '<=':
      return [{ maxLength: Math.floor(value) }];
    case '>':
      return [{ minLength: Math.floor(value) + 1 }];
    case '>=':
      return [{ minLength: Math.ceil(value) }];
    case '=':
      return [{ minLength: Math.ceil(value), maxLength: Math.floor(value) }];
    case '<>':
      return [...lengths('<', value), ...lengths('>', value)];
  }
}
