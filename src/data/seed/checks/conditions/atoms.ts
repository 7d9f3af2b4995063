import type { A_Expr, Node } from 'libpg-query';
import { isOperator } from '../../operator.ts';
import { wayOf } from '../ways.ts';
import { type Atom, allAtoms, anyOf, atom, constantAtom } from './atom.ts';
import { compared, type To } from './compare.ts';
import { regex } from './compare-text.ts';
import { folded } from './fold.ts';
import { itemsOf } from './items.ts';
import { operandOf } from './operand.ts';
import { matchedBy, patternAtom } from './pattern.ts';
import { Beyond, bare, callOf, columnOf, operatorOf, type Reading } from './reading.ts';
import { literally } from './text.ts';
import { whatItIs } from './what-it-is.ts';

/** A condition that is not made of others. */
export function atomOf(node: Node, reading: Reading, to: To): Atom {
  const constant = folded(node, reading);
  if (constant?.kind === 'boolean') return constantAtom(constant.value);
  if (constant?.kind === 'null') return constantAtom(null);
  const column = columnOf(node, reading);
  if (column) return booleanColumn(column.column);
  if ('A_Expr' in node) return expression(node.A_Expr, reading, to) ?? refused(node);
  return called(node, reading) ?? refused(node);
}

function refused(node: Node): never {
  throw new Beyond(whatItIs(node));
}

function booleanColumn(column: string): Atom {
  return atom(
    [column],
    () => wayOf(column, { oneOf: [true] }),
    () => wayOf(column, { oneOf: [false] }),
  );
}

const PATTERNS = ['AEXPR_LIKE', 'AEXPR_ILIKE', 'AEXPR_SIMILAR'];

function expression(node: A_Expr, reading: Reading, to: To): Atom | null {
  const { kind, lexpr: left, rexpr: right } = node;
  if (!left || !right) return null;
  const operator = operatorOf(node);
  const one = (item: Node) => between(left, operator, item, reading, to);
  if (kind === 'AEXPR_IN' || kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL') {
    const items = itemsOf(right);
    const there = items.filter((item) => folded(item, reading)?.kind !== 'null');
    const all = kind === 'AEXPR_OP_ALL' || (kind === 'AEXPR_IN' && operator === '<>');
    return (all ? allAtoms : anyOf)(there.map(one), there.length < items.length);
  }
  return kind === 'AEXPR_OP' || PATTERNS.includes(kind ?? '') ? one(right) : null;
}

function between(left: Node, operator: string, right: Node, reading: Reading, to: To): Atom {
  const pattern = patternAtom(left, operator, right, reading);
  if (pattern) return pattern;
  if (!isOperator(operator)) throw new Beyond(`uses the operator ${operator}`);
  return compared(operandOf(left, reading), operator, operandOf(right, reading), to);
}

function called(node: Node, reading: Reading): Atom | null {
  const call = callOf(node);
  const [first, second] = call?.args ?? [];
  if (!call || !first) return null;
  if (call.name === 'starts_with' && second) {
    const prefix = folded(second, reading);
    return prefix?.kind === 'text' ? matchedBy(first, regex(`^${literally(prefix.value)}`), reading) : null;
  }
  if (call.name === 'regexp_like' && second && call.args.length === 2) return patternAtom(first, '~', second, reading);
  return ofRange(call.name, first, reading);
}

/** Of ranges: not empty, and with both ends, is what can be made. */
function ofRange(name: string, argument: Node, reading: Reading): Atom | null {
  const column = /^(isempty|lower_inf|upper_inf)$/.test(name) ? columnOf(bare(argument), reading) : null;
  if (column?.type.kind !== 'range' || column.type.multi) return null;
  const bound = { value: name === 'lower_inf' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, inclusive: false };
  const demand = name === 'isempty' ? { minLength: 1 } : name === 'lower_inf' ? { min: bound } : { max: bound };
  return atom(
    [column.column],
    () => {
      throw new Beyond(`wants ${name}(${column.column})`);
    },
    () => wayOf(column.column, demand),
  );
}
