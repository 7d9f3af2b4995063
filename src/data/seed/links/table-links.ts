import { UserError } from '../../../core/errors.ts';
import type { Domain, Rules } from '../domain.ts';
import type { Numbering } from '../keys/numbering.ts';
import { mirrored } from '../operator.ts';
import { referenced } from '../order.ts';
import { type Column, type ForeignKey, type Table, tableName } from '../schema.ts';
import { domainOf } from '../table/alternatives.ts';
import { countsDown } from '../table/counting.ts';
import type { TableInput } from '../table/table-input.ts';
import type { Cell } from '../table/table-rows.ts';
import type { PerParent } from './counts.ts';
import { type Link, makeLink, type Parent } from './links.ts';
import type { References } from './references.ts';

export interface MakingLinks {
  readonly input: TableInput;
  readonly references: References;
  /** How children are dealt to the owner among them. */
  readonly perParent: PerParent | null;
  readonly numbering: Numbering;
  readonly alternatives: Rules['alternatives'];
  /** Which alternative a row follows. */
  readonly chosen: (row: number, attempt: number) => number;
  /** Columns that are never NULL, whatever the checks say. */
  readonly filled: ReadonlySet<string>;
  readonly cell: Cell;
}

/** The links of a table, in the order of their foreign keys. */
export function makeLinks(making: MakingLinks): readonly Link[] {
  const { input, references, perParent, numbering, alternatives, chosen, filled, cell } = making;
  const { table, world } = input;
  return references.keys.map((key, index) => {
    const own = references.own[index] ?? [];
    const shared = key.columns.filter((column) => !own.includes(column));
    const columns = own.map((name) => table.columns.find((column) => column.name === name) as Column);
    const emptiness = alternatives.map((one) => emptinessOf(columns.map((column) => domainOf(one, column, filled))));
    const parent = references.parents[index] as Parent;
    const needed = emptiness.every((one) => one === 'never') && referenced(key) !== tableName(table);
    if (needed && parent.total === 0 && input.rows > 0) throw withoutParents(table, key, parent);
    return makeLink({
      table,
      key,
      parent,
      seed: world.seed,
      first: table.rows,
      free: references.free[index] ?? null,
      perParent: index === references.owner ? perParent : null,
      wanted: (row, attempt) => numbering.ofLink(index, row, attempt),
      emptiness: (row, attempt) => emptiness[chosen(row, attempt)] ?? 'free',
      mayEnd: emptiness.some((one) => one !== 'never'),
      direction: leadsAhead(table, key, alternatives) ? 'after' : 'before',
      decided: { columns: shared, of: cell },
    });
  });
}

/** Whether a reference must be, must not be, or may be empty, by the domains of its columns. */
function emptinessOf(domains: readonly Domain[]): Domain['nullable'] {
  const nullables = domains.map(({ nullable }) => nullable);
  if (nullables.includes('never')) return 'never';
  return nullables.includes('always') ? 'always' : 'free';
}

/** Whether a check says that what a row leads to, in its own table, has the higher number, and so comes later. */
function leadsAhead({ columns }: Table, key: ForeignKey, alternatives: Rules['alternatives']): boolean {
  const [own, theirs] = [key.columns[0], key.references.columns[0]];
  const says = (sign: '<' | '>'): boolean =>
    alternatives.some(({ comparisons }) =>
      comparisons.some(({ left, operator, right }) => {
        const seen =
          left === own && right === theirs ? operator : left === theirs && right === own ? mirrored(operator) : '=';
        return seen === sign || seen === `${sign}=`;
      }),
    );
  const target = columns.find(({ name }) => name === theirs);
  return target && countsDown(target) ? says('<') : says('>');
}

function withoutParents(table: Table, key: ForeignKey, { ledger }: Parent): UserError {
  const parent = referenced(key);
  const own = tableName(table);
  const needs = `${own} needs rows of ${parent}, which has none and gets none`;
  if (!ledger)
    return new UserError(needs, {
      code: 'usage',
      hints: [`Say how many ${parent} gets: tables: { ${parent}: { rows: 100 } }`],
    });
  return new UserError(`${needs}, because it records migrations`, {
    code: 'usage',
    hints: [`Migrate first, or leave ${own} out with a description: tables: { ${own}: { rows: 0 } }`],
  });
}
