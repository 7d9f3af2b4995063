import { type ApiError, refusalOf } from '../api/errors.ts';
import type { Transaction } from '../store/transaction.ts';

/** Does it; or tells why it can't be done, with nothing of it done: a page that shows that is kept as any other is. */
export function doUnlessRefused(deed: (tx: Transaction) => void, tx: Transaction): ApiError | null {
  const refusal = tx.imagine((imagined) => refusalOf(() => deed(imagined)));
  if (refusal === null) deed(tx);
  return refusal;
}
