/** What begins or ends a transaction as a whole: savepoints don't. */
const ENDS = /^TRANS_STMT_(BEGIN|START|COMMIT|ROLLBACK|PREPARE|COMMIT_PREPARED|ROLLBACK_PREPARED)$/;
const MAYBE = /\b(begin|start|commit|end|rollback|abort|prepare)\b/i;

export interface TransactionControl {
  /** `commit`, in words. */
  readonly statement: string;
  /** On which it ends, counted from 1. */
  readonly line: number;
}

/**
 * The first statement of some SQL that would begin or end a transaction; null where there is none. `unread`: the parser,
 * which is of one version of Postgres, doesn't understand it; the server of another one might.
 */
export async function transactionControl(sql: string): Promise<TransactionControl | null | 'unread'> {
  if (!MAYBE.test(sql)) return null;
  const postgres = await import('libpg-query');
  await postgres.loadModule();
  try {
    for (const { stmt, stmt_location, stmt_len } of postgres.parseSync(sql).stmts ?? []) {
      const kind = stmt && 'TransactionStmt' in stmt ? (stmt.TransactionStmt.kind ?? '') : '';
      const found = ENDS.exec(kind)?.[1];
      if (found) return { statement: wordsOf(found), line: lastLine(sql, stmt_location ?? 0, stmt_len ?? null) };
    }
    return null;
  } catch (error) {
    if (error instanceof postgres.SqlError) return 'unread';
    throw error;
  }
}

function wordsOf(kind: string): string {
  return kind
    .toLowerCase()
    .replace(/^prepare$/, 'prepare transaction')
    .replace('_', ' ');
}

/** Places are counted in bytes; what stands before a statement, comments too, is part of it. Without a length it is the last. */
function lastLine(sql: string, location: number, length: number | null): number {
  const end = length === null ? undefined : location + length;
  return Buffer.from(sql).subarray(0, end).toString().trimEnd().split('\n').length;
}
