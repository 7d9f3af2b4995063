import { type Operator, opposite } from '../../operator.ts';
import { ALWAYS, both, either, NEVER, type Ways, wayOf } from '../ways.ts';

/** The outcomes of a condition in SQL, as bits: several are wanted at once. */
export const TRUE = 1;
export const FALSE = 2;
export const UNKNOWN = 4;

/** The same outcomes of NOT. */
export function flipped(goal: number): number {
  return (goal & UNKNOWN) | (goal & TRUE ? FALSE : 0) | (goal & FALSE ? TRUE : 0);
}

/**
 * A condition that is not made of others. `yes` and `no` say what makes it true or false where none of its columns is NULL;
 * one that is makes it NULL. `unknown`: what else makes it NULL. They are asked only for what is wanted: of some
 * conditions one is understood and the other is not.
 */
export interface Atom {
  readonly columns: readonly string[];
  yes(): Ways;
  no(): Ways;
  unknown(): Ways;
}

export function atom(columns: readonly string[], yes: () => Ways, no: () => Ways): Atom {
  return { columns, yes, no, unknown: () => NEVER };
}

/** A comparison of one column, whose opposite is a comparison too. */
export function byOperator(column: string, operator: Operator, ways: (operator: Operator) => Ways): Atom {
  return atom(
    [column],
    () => ways(operator),
    () => ways(opposite(operator)),
  );
}

export function constantAtom(value: boolean | null): Atom {
  return {
    columns: [],
    yes: () => (value === true ? ALWAYS : NEVER),
    no: () => (value === false ? ALWAYS : NEVER),
    unknown: () => (value === null ? ALWAYS : NEVER),
  };
}

/** How an atom comes to one of the outcomes. Where NULL will do, its columns may be NULL, and fit if they are not. */
export function waysOfAtom({ columns, yes, no, unknown }: Atom, goal: number): Ways {
  const decided = either(goal & TRUE ? yes() : NEVER, goal & FALSE ? no() : NEVER);
  if (!(goal & UNKNOWN)) return both(decided, ...columns.map((column) => wayOf(column, { nullable: 'never' })));
  const absent = decided.list.length > 0 ? [] : columns.map((column) => wayOf(column, { nullable: 'always' }));
  return either(decided, unknown(), ...absent);
}

export function negated({ columns, yes, no, unknown }: Atom): Atom {
  return { columns, yes: no, no: yes, unknown };
}

/** True where one of them is. A NULL in the list leaves it true or NULL. */
export function anyOf(atoms: readonly Atom[], withNull: boolean): Atom {
  const columns = [...new Set(atoms.flatMap((one) => one.columns))];
  const yes = () => either(...atoms.map((one) => one.yes()));
  const no = () => both(...atoms.map((one) => one.no()));
  const unknown = () => either(...atoms.map((one) => one.unknown()));
  if (!withNull) return { columns, yes, no, unknown };
  return { columns, yes, no: () => NEVER, unknown: () => either(unknown(), no()) };
}

/** True where all of them are. */
export function allAtoms(atoms: readonly Atom[], withNull: boolean): Atom {
  return negated(anyOf(atoms.map(negated), withNull));
}
