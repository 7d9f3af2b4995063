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

type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const ABORTED = '25P02';

/** Somebody was found to have left the transaction that was begun for him: a part of what he did may stay. */
export class TransactionLeft extends UserError {}

/** Other than the user's own: `release` finds the last of a name. */
const GUARD = 'devenv_guard';

/**
 * Runs `act` within a transaction, and throws where that isn't the same one afterwards, or can't be committed. A savepoint
 * tells: it ends with its transaction, also with one that has failed.
 */
export async function stayingIn(query: Query, who: string, act: () => Promise<void>): Promise<void> {
  await query(`savepoint ${GUARD}`);
  try {
    await act();
  } catch (error) {
    await query(`rollback to ${GUARD}`).catch((lost) => {
      throw isWithout(lost) ? left(who, error) : error;
    });
    throw error;
  }
  try {
    await query(`release ${GUARD}`);
  } catch (error) {
    if (isWithout(error)) throw left(who, error);
    if ((error as { code?: string }).code !== ABORTED) throw error;
    throw new UserError(`a query of ${who} failed, and it went on: nothing that it wrote would stay`, {
      hints: ['Let the error through, or put a savepoint before a query that may fail and roll back to it.'],
      cause: error,
    });
  }
}

/** No transaction, or one that lacks the savepoint (PostgreSQL manual, appendix A). */
function isWithout(error: unknown): boolean {
  return ['25P01', '3B001'].includes((error as { code?: string }).code ?? '');
}

function left(who: string, cause: unknown): TransactionLeft {
  const failed = cause instanceof Error && !isWithout(cause) ? `, and failed: ${cause.message}` : '';
  return new TransactionLeft(`${who} ended the transaction that it ran in${failed}`, {
    hints: ['It runs in one of its own, all or nothing: take out what begins and ends transactions.'],
    cause,
  });
}
