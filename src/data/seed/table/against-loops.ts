import { UserError } from '../../../core/errors.ts';
import { type Table, tableName } from '../schema.ts';
import type { Cell } from './table-rows.ts';

/** How deep cells may ask for each other: a template that names itself would never end. */
const DEEPEST = 100;

/** The same cells, and words for the user where they would ask for each other without end. */
export function againstLoops(table: Table, cell: Cell): Cell {
  let depth = 0;
  return (column, row) => {
    if (depth > DEEPEST) {
      throw new UserError(`${tableName(table)}.${column}: its value would follow from itself`, { code: 'usage' });
    }
    depth += 1;
    try {
      return cell(column, row);
    } finally {
      depth -= 1;
    }
  };
}
