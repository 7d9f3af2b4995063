import type { Page } from '../pages/page.ts';
import type { Params, Shape } from '../params/kind.ts';
import type { Kind, Kinds } from '../store/kinds.ts';
import type { Transaction } from '../store/transaction.ts';
import type { Caller } from './authenticate.ts';

type Method = 'GET' | 'POST' | 'DELETE';

/** What a handler is given: parameters that were checked, the ids of the path in their order, the state. */
export interface Request<S extends Shape = Shape> {
  readonly params: Params<S>;
  readonly ids: readonly string[];
  /** The first of them. */
  readonly id: string;
  /** As it was called; a list tells it. */
  readonly path: string;
  readonly tx: Transaction;
  readonly caller: Caller;
}

/** One method of the API. */
export interface Route {
  readonly method: Method;
  /** `/v1/customers/:id` */
  readonly path: string;
  readonly params: Shape;
  /** Gives the body of the answer, before anything in it is expanded. */
  readonly handle: (request: Request) => object;
  /** A browser may call it with the publishable key: it proves by a client secret that it may. */
  readonly publishable: boolean;
  /** It only shows what would be: nothing of what it does stays. */
  readonly imagines: boolean;
}

/** A handler knows its parameters by their types; the table of all routes need not. */
export function route<S extends Shape>(
  method: Method,
  path: string,
  params: S,
  handle: (request: Request<S>) => object,
  { publishable = false, imagines = false }: Partial<Pick<Route, 'publishable' | 'imagines'>> = {},
): Route {
  return { method, path, params, handle: handle as Route['handle'], publishable, imagines };
}

/** All there is to one kind of object: a file or a folder, and a line in `resources/index.ts`. */
export interface Resource {
  readonly routes: readonly Route[];
  /** What is in an object only if it is expanded, such as the refunds of a charge. */
  readonly included?: { readonly [K in Kind]?: Included<K> };
  /** What a browser is shown. */
  readonly pages?: readonly Page[];
  /** What happens to an object of this kind when its time has come; see `Transaction.schedule`. */
  readonly due?: { readonly [K in Kind]?: (object: Kinds[K], tx: Transaction) => void };
  /** What happens because something of another resource did: by the type of its event, in the same transaction. */
  readonly follows?: Followers;
}

export type Followers = Readonly<Record<string, (object: never, tx: Transaction) => void>>;

export type Included<K extends Kind> = Readonly<Record<string, (object: Kinds[K], tx: Transaction) => unknown>>;
