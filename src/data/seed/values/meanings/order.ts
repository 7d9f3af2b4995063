import type { Comparison } from '../../domain.ts';
import { baseOf, type Column, type Table } from '../../schema.ts';
import type { Match, MeaningName } from './dictionary.ts';
import { meaningOf } from './site.ts';

/** What comes before what in life; strictly means that the second is later, not as late. */
const ORDER: readonly { readonly first: MeaningName; readonly second: MeaningName; readonly strictly?: boolean }[] = [
  ...(['updated', 'deleted', 'seen', 'paid', 'shipped', 'delivered', 'completed', 'cancelled'] as const).map(
    after('created'),
  ),
  ...(['refunded', 'published', 'approved', 'verified'] as const).map(after('created')),
  { first: 'birthDate', second: 'created' },
  { first: 'starts', second: 'ends', strictly: true },
  { first: 'starts', second: 'due' },
  { first: 'created', second: 'due' },
  { first: 'paid', second: 'shipped' },
  { first: 'shipped', second: 'delivered', strictly: true },
  { first: 'paid', second: 'refunded' },
];

function after(first: MeaningName) {
  return (second: MeaningName) => ({ first, second });
}

/**
 * Orders between dates that no check demands but anybody expects, such as created before updated. Of two columns of one
 * type only, so that the numbers have one unit, and of one group (`trial_starts_at`, `trial_ends_at`).
 */
export function softComparisons(table: Table): readonly Comparison[] {
  const dated = table.columns.flatMap((column) => {
    const match = isMoment(column) ? meaningOf(column, table) : null;
    return match ? [{ column, type: typeName(column), ...match }] : [];
  });
  const meant = ORDER.flatMap(({ first, second, strictly }) =>
    dated
      .filter((left) => left.meaning === first)
      .flatMap((left) =>
        dated
          .filter((right) => right.meaning === second && right.type === left.type && isOneGroup(left, right))
          .map((right) => ({
            ...{ left: left.column.name, operator: strictly ? ('<' as const) : ('<=' as const) },
            ...{ right: right.column.name, offset: 0 },
          })),
      ),
  );
  return [...meant, ...namedPairs(table).filter((one) => !meant.some((other) => isSamePair(one, other)))];
}

/** Columns that say when a row came to be, the first one before the others. */
export function birthColumns(table: Table): readonly Column[] {
  return table.columns.filter((column) => {
    const match = isMoment(column) ? meaningOf(column, table) : null;
    return match?.meaning === 'created' && match.group === '';
  });
}

/** Words in the names of two columns that are otherwise called the same; what is called by the first is not larger. */
const PAIRS: readonly (readonly [first: string, second: string])[] = [
  ...([
    ['min', 'max'],
    ['minimum', 'maximum'],
    ['low', 'high'],
    ['lower', 'upper'],
    ['from', 'to'],
  ] as const),
  ...([
    ['from', 'until'],
    ['start', 'end'],
    ['starts', 'ends'],
    ['begin', 'end'],
    ['start', 'finish'],
  ] as const),
  ...([
    ['opens', 'closes'],
    ['opened', 'closed'],
    ['checkin', 'checkout'],
    ['departure', 'arrival'],
  ] as const),
  ...([
    ['rental', 'return'],
    ['order', 'required'],
    ['order', 'shipped'],
    ['last', 'current'],
  ] as const),
];

function namedPairs({ columns }: Table): readonly Comparison[] {
  const numbered = columns.filter((column) => !column.generated && NUMBERED.has(typeName(column)));
  return numbered.flatMap((left) =>
    PAIRS.flatMap(([first, second]): readonly Comparison[] => {
      const name = replaced(left.name, first, second);
      const right = numbered.find((one) => one !== left && one.name === name && typeName(one) === typeName(left));
      return right ? [{ left: left.name, operator: '<=', right: right.name, offset: 0 }] : [];
    }),
  );
}

const NUMBERED = new Set([
  'int2',
  'int4',
  'int8',
  'numeric',
  'float4',
  'float8',
  'date',
  'time',
  'timestamp',
  'timestamptz',
]);

/** `min_price` with max is `max_price`, and `minPrice` is `maxPrice`; null where the word isn't in the name. */
function replaced(name: string, first: string, second: string): string | null {
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const snake = name.replace(new RegExp(`(^|_)${first}(?=_|$)`), `$1${second}`);
  if (snake !== name) return snake;
  const camel = name
    .replace(new RegExp(`^${first}(?=[A-Z])`), second)
    .replace(new RegExp(`${capital(first)}(?=[A-Z]|$)`), capital(second));
  return camel === name ? null : camel;
}

function isSamePair(one: Comparison, other: Comparison): boolean {
  return [one.left, one.right].every((column) => column === other.left || column === other.right);
}

/** The creation of a row comes before everything, whatever words stand before that. */
function isOneGroup(left: Match, right: Match): boolean {
  return left.group === right.group || (left.group === '' && left.meaning === 'created');
}

function isMoment(column: Column): boolean {
  return !column.generated && ['date', 'timestamp', 'timestamptz'].includes(typeName(column));
}

function typeName(column: Column): string {
  const base = baseOf(column.type);
  return base.kind === 'scalar' ? base.name : '';
}
