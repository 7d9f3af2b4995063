import { invalid } from '../../api/errors.ts';
import type { Transaction } from '../../store/transaction.ts';
import { isActive } from './promotion-code.ts';

/** The code that somebody has typed on a page, in whatever case. */
export function codeTyped(typed: string, tx: Transaction): { readonly promotion_code: string } {
  for (const code of tx.all('promotion_code')) {
    if (code.code.toLowerCase() === typed.toLowerCase() && isActive(code, tx)) return { promotion_code: code.id };
  }
  throw invalid('This code is invalid.');
}
