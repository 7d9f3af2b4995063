import { created as createdParam, pagination } from '../params/common.ts';
import type { Of, Shape } from '../params/kind.ts';
import { text } from '../params/scalars.ts';
import { fieldOf } from '../store/field-index.ts';
import type { Field, Kind, Kinds } from '../store/kinds.ts';
import type { Transaction } from '../store/transaction.ts';
import { invalid, missing } from './errors.ts';
import { type Request, type Route, route } from './route.ts';

interface Cursors {
  readonly limit?: number;
  readonly starting_after?: string;
  readonly ending_before?: string;
}

export interface Page<T> {
  readonly object: 'list';
  readonly data: T[];
  readonly has_more: boolean;
  readonly url: string;
}

/** One page of objects that come newest first: https://docs.stripe.com/api/pagination */
export function page<T extends { readonly id: string }>(objects: Iterable<T>, cursors: Cursors, url: string): Page<T> {
  const { limit = 10, starting_after, ending_before } = cursors;
  if (starting_after !== undefined && ending_before !== undefined) {
    throw invalid('Received both starting_after and ending_before parameters. Please pass in only one.');
  }
  if (ending_before !== undefined) return pageBefore(objects, ending_before, limit, url);
  const data: T[] = [];
  let begun = starting_after === undefined;
  for (const object of objects) {
    if (begun) data.push(object);
    else begun = object.id === starting_after;
    if (data.length > limit) break;
  }
  return { object: 'list', data: data.slice(0, limit), has_more: data.length > limit, url };
}

/** The last ones before the cursor, in the same order as all. */
function pageBefore<T extends { readonly id: string }>(
  objects: Iterable<T>,
  cursor: string,
  limit: number,
  url: string,
): Page<T> {
  const before: T[] = [];
  for (const object of objects) {
    if (object.id === cursor) break;
    before.push(object);
  }
  return { object: 'list', data: before.slice(-limit), has_more: before.length > limit, url };
}

/** A list that is whole: what is in an object if it is expanded. */
export function wholeList<T extends { readonly id: string }>(objects: Iterable<T>, url: string, limit = 10): Page<T> {
  return page(objects, { limit }, url);
}

interface ListOptions<K extends Kind> {
  /** Parameters that are a field's value, such as `customer`. */
  readonly by?: readonly Field<K>[];
  /** Whether `created` may be asked for. */
  readonly created?: boolean;
  readonly shown?: (object: Kinds[K], request: Request) => boolean;
  /** How it is shown, where some of it follows from the time. */
  readonly as?: (object: Kinds[K], tx: Transaction) => Kinds[K];
  readonly more?: Shape;
}

/** The route of a list with its cursors and filters. */
export function listRoute<K extends Kind>(path: string, kind: K, options: ListOptions<K> = {}): Route {
  const { by = [], created = true, shown, as, more = {} } = options;
  const params = {
    ...pagination,
    ...(created && { created: createdParam }),
    ...Object.fromEntries(by.map((field) => [field, text()])),
    ...more,
  };
  return route('GET', path, params, (request) => {
    const given = request.params as Cursors & { readonly created?: Created } & Readonly<Record<string, unknown>>;
    const fields = by.filter((field) => given[field] !== undefined);
    checkNamed(request);
    checkCursors(request, kind);
    const fits = (object: Kinds[K]): boolean =>
      !('deleted' in object && object.deleted) &&
      isWithin((object as { readonly created?: number }).created ?? 0, given.created) &&
      fields.every((field) => fieldOf(object as object, field) === given[field]) &&
      (shown?.(object, request) ?? true);
    const [first] = fields;
    const from = first ? request.tx.where(kind, first, given[first]) : request.tx.all(kind);
    const found = page(filtered(from, fits), given, request.path);
    return as ? { ...found, data: found.data.map((object) => as(object, request.tx)) } : found;
  });
}

type Created = Of<typeof createdParam>;

function isWithin(time: number, range: Created | undefined): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return time === range;
  const { gt, gte, lt, lte } = range;
  return (
    (gt === undefined || time > gt) &&
    (gte === undefined || time >= gte) &&
    (lt === undefined || time < lt) &&
    (lte === undefined || time <= lte)
  );
}

/** Filters that name an object, which has to be there. */
const NAMING: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['charge', 'charge'],
  ['coupon', 'coupon'],
  ['customer', 'customer'],
  ['invoice', 'invoice'],
  ['payment_intent', 'payment_intent'],
  ['payment_method', 'payment_method'],
  ['price', 'price'],
  ['product', 'product'],
  ['setup_intent', 'setup_intent'],
  ['subscription', 'subscription'],
  ['test_clock', 'test_helpers.test_clock'],
]);

function checkNamed({ params, tx }: Request): void {
  for (const [name, id] of Object.entries(params as Readonly<Record<string, unknown>>)) {
    const named = NAMING.get(name);
    if (named && typeof id === 'string') tx.get(named, id, name);
  }
}

function checkCursors<K extends Kind>({ params, tx }: Request, kind: K): void {
  for (const name of ['starting_after', 'ending_before'] as const) {
    const id = (params as Cursors)[name];
    if (id !== undefined && !tx.find(kind, id)) throw missing(kind, id, name);
  }
}

function* filtered<T>(objects: Iterable<T>, fits: (object: T) => boolean): Iterable<T> {
  for (const object of objects) if (fits(object)) yield object;
}
