import { open } from 'node:fs/promises';
import { type Entry, OWNERS } from './journal.ts';
import { Lives } from './lives.ts';

/** Whether customers, payments and the like were made in one of the lives whose journals are in this folder. */
export async function holdsPayments(folder: string): Promise<boolean> {
  for (const journal of await new Lives(folder).journals()) {
    const file = await open(journal).catch(() => null);
    if (!file) continue;
    for await (const line of file.readLines()) if (isOfPayments(line)) return true;
  }
  return false;
}

/** Not of the last one, where it was cut off. */
function isOfPayments(line: string): boolean {
  try {
    return (JSON.parse(line) as Entry).of === OWNERS.payments;
  } catch {
    return false;
  }
}
