import { messageOf, UserError } from '../../../core/errors.ts';
import { tableName } from '../../seed/schema.ts';
import type { CompiledTable } from '../../seed/table/compile.ts';

const CHECK_VIOLATION = '23514';
const UNIQUE_VIOLATION = '23505';
const EXCLUSION_VIOLATION = '23P01';

/** A row that Postgres did not take, by a constraint of the table. */
export class RowRefused extends Error {
  readonly table: string;
  readonly constraint: string;
  readonly kind: 'check' | 'key';
  /** Whether more care about that constraint can be taken than was. */
  readonly helps: boolean;
  /** What is told when nothing helps. */
  readonly told: UserError;

  constructor(table: CompiledTable, constraint: string, kind: 'check' | 'key', told: UserError) {
    super(told.message, { cause: told });
    this.table = tableName(table.rows.table);
    this.constraint = constraint;
    this.kind = kind;
    this.helps = withCare(table, this) !== table;
    this.told = told;
  }
}

/** What became of writing a row: words for what Postgres refused, all else as it is. */
export function refusedRow(table: CompiledTable, error: unknown): unknown {
  const { code, constraint, detail, where } = error as Partial<
    Record<'code' | 'constraint' | 'detail' | 'where', string>
  >;
  if (code === undefined || !/^(22|23|P0)/.test(code)) return error;
  const name = tableName(table.rows.table);
  const line = /^COPY .*, line (\d+)/m.exec(where ?? '')?.[1];
  const about = constraint ? `a column that ${constraint} is about` : 'the column';
  const told = new UserError(
    `${name}${line ? `, row ${line}` : ''}: ${messageOf(error)}${detail ? ` (${detail})` : ''}; nothing was written`,
    {
      code: 'refused',
      hints: [
        `Describe ${about}: tables: { ${name}: { columns: { ... } } }`,
        'Should a trigger be behind it, devenv seed --no-triggers writes without them.',
      ],
      cause: error,
    },
  );
  if (!constraint || ![CHECK_VIOLATION, UNIQUE_VIOLATION, EXCLUSION_VIOLATION].includes(code)) return told;
  return new RowRefused(table, constraint, code === CHECK_VIOLATION ? 'check' : 'key', told);
}

/** The tables with more care about that constraint. */
export function warier(tables: readonly CompiledTable[], refused: RowRefused): readonly CompiledTable[] {
  return tables.map((table) => (tableName(table.rows.table) === refused.table ? withCare(table, refused) : table));
}

function withCare(table: CompiledTable, { constraint, kind }: Pick<RowRefused, 'constraint' | 'kind'>): CompiledTable {
  const { rules, keys, rows } = table;
  if (kind === 'check') {
    const check = rows.table.checks.find(({ name }) => name === constraint);
    if (!check || rules.judged.some(({ expression }) => expression === check.expression)) return table;
    return {
      ...table,
      rules: { ...rules, judged: [...rules.judged, { ...check, why: 'refused a row that seemed to fit' }] },
    };
  }
  const key = keys.all.find(({ name }) => name === constraint);
  if (key?.computed && !keys.judged.includes(key))
    return { ...table, keys: { ...keys, judged: [...keys.judged, key] } };
  if (!key || key.computed || keys.unassured.includes(key)) return table;
  return { ...table, keys: { ...keys, unassured: [...keys.unassured, key] } };
}
