import type { Api } from '../api/api.ts';
import type { Called } from './change.ts';
import type { Store } from './store.ts';

/** What the first thing that is due by this time changes, at the time at which it was due; null where nothing is. */
export function settleNext(store: Store, until: number, api: Api): Called | null {
  const due = store.firstDue(null, until);
  return due && api.settle(due, store);
}
