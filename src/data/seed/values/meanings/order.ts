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
  return ORDER.flatMap(({ first, second, strictly }) =>
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
