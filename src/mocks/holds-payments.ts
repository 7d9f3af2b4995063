import { type Entry, OWNERS, wholeLines } from './journal.ts';
import { Lives } from './lives.ts';

/** Whether customers, payments and the like were made in one of the lives whose journals are in this folder. */
export async function holdsPayments(folder: string): Promise<boolean> {
  for (const journal of await new Lives(folder).journals()) {
    for await (const line of wholeLines(journal)) {
      if ((JSON.parse(line) as Entry).of === OWNERS.payments) return true;
    }
  }
  return false;
}
