import type { Transaction } from '../store/transaction.ts';
import type { Html } from './html.ts';

/** Somebody's browser at a page of the mock. */
export interface Visit {
  readonly ids: readonly string[];
  readonly id: string;
  readonly query: URLSearchParams;
  /** What a form sent. */
  readonly form: URLSearchParams;
  readonly tx: Transaction;
}

/** A document, or where the browser goes on. */
export type View =
  | { readonly status?: number; readonly title: string; readonly body: Html }
  | { readonly location: string };

export interface Page {
  readonly method: 'GET' | 'POST';
  /** `/pay/checkout/:id` */
  readonly path: string;
  readonly view: (visit: Visit) => View;
}
