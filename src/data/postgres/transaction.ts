import { UserError } from '../../core/errors.ts';
import type { Client } from './server.ts';

/** Runs `act` in a transaction of its own: what fails leaves the database as it was before. */
export async function inTransaction<T>(client: Client, act: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await act();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** What begins or ends a transaction as a whole: savepoints don't. */
const ENDS = /^TRANS_STMT_(BEGIN|START|COMMIT|ROLLBACK|PREPARE|COMMIT_PREPARED|ROLLBACK_PREPARED)$/;
const MAYBE = /\b(begin|start|commit|end|rollback|abort|prepare)\b/i;

/** The first statement of some SQL that would begin or end a transaction, in words; null where there is none. */
export async function endOfTransaction(sql: string): Promise<string | null> {
  if (!MAYBE.test(sql)) return null;
  const postgres = await import('libpg-query');
  await postgres.loadModule();
  try {
    for (const { stmt } of postgres.parseSync(sql).stmts ?? []) {
      const kind = stmt && 'TransactionStmt' in stmt ? (stmt.TransactionStmt.kind ?? '') : '';
      const found = ENDS.exec(kind)?.[1];
      if (found)
        return found
          .toLowerCase()
          .replace(/^prepare$/, 'prepare transaction')
          .replace('_', ' ');
    }
    return null;
  } catch (error) {
    // The server will say what it doesn't understand.
    if (error instanceof postgres.SqlError) return null;
    throw error;
  }
}

type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const ABORTED = '25P02';

/** Runs `act` within a transaction, and throws where that isn't the same one afterwards, or can't be committed. */
export async function stayingIn(query: Query, act: () => Promise<void>): Promise<void> {
  const current = async (): Promise<unknown> =>
    (await query('select pg_catalog.pg_current_xact_id()::text as id'))[0]?.id;
  const begun = await current();
  await act();
  let now: unknown;
  try {
    now = await current();
  } catch (error) {
    if ((error as { code?: string }).code !== ABORTED) throw error;
    throw new UserError('a query of the script failed, and it went on: nothing that it wrote would stay', {
      hints: ['Let the error through, or put a savepoint before a query that may fail and roll back to it.'],
      cause: error,
    });
  }
  if (now === begun) return;
  throw new UserError('the script ended its transaction: what it wrote before stays, and the rest is taken back', {
    hints: ['devenv undo takes back the whole.'],
  });
}
