import type { Kind } from '../store/kinds.ts';
import type { Transaction } from '../store/transaction.ts';
import { ApiError, invalid, unsupported } from './errors.ts';
import type { Included, Resource } from './route.ts';

export type AllIncluded = { readonly [K in Kind]?: Included<K> };

/** Several resources may add to the same kind. */
export function allIncluded(resources: readonly Resource[]): AllIncluded {
  const all: Record<string, object> = {};
  for (const { included = {} } of resources) {
    for (const [kind, more] of Object.entries(included)) all[kind] = { ...all[kind], ...more };
  }
  return all as AllIncluded;
}

/** https://docs.stripe.com/api/expanding_objects: at most that many levels. */
const DEPTH = 4;

/**
 * The answer with ids replaced by what they name: `customer`, `data.customer`, `latest_charge.refunds`. What is kept is
 * never changed: every object on the way is a copy.
 */
export function expanded(body: object, paths: readonly string[], tx: Transaction, included: AllIncluded): object {
  let result = body;
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.filter((step) => step !== 'data').length > DEPTH) {
      throw invalid(
        `You cannot expand more than ${DEPTH} levels of a property. Property: ${path}`,
        undefined,
        'expand',
      );
    }
    result = expandAt(result, steps, { tx, included, path }) as object;
  }
  return result;
}

interface Way {
  readonly tx: Transaction;
  readonly included: AllIncluded;
  readonly path: string;
}

function expandAt(value: unknown, steps: readonly string[], way: Way): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => expandAt(item, steps, way));
  const object = value as Readonly<Record<string, unknown>>;
  const found = expandable(object, step, way);
  if (found === undefined) {
    if (NOT_HERE[object.object as Kind]?.includes(step)) throw unsupported(`expanding ${way.path}`, 'expand');
    if (object.object === 'list' || !isKnown(object, step)) throw notExpandable(way.path, step);
    return value;
  }
  return { ...object, [step]: expandAt(found, rest, way) };
}

/** What Stripe includes in an object where it is asked for, and the mock doesn't have. */
const NOT_HERE: { readonly [K in Kind]?: readonly string[] } = {
  customer: ['cash_balance', 'invoice_credit_balance', 'sources', 'tax', 'tax_ids'],
  coupon: ['currency_options'],
};

/** What stands there once it is expanded; undefined where nothing can be. */
function expandable(object: Readonly<Record<string, unknown>>, step: string, { tx, included }: Way): unknown {
  const current = object[step];
  if (typeof current === 'string' && step !== 'id') return tx.any(current);
  if (Array.isArray(current)) return current.map((one) => (typeof one === 'string' ? (tx.any(one) ?? one) : one));
  if (current !== undefined) return current;
  const include = (included[object.object as Kind] as Included<Kind> | undefined)?.[step];
  return include?.(object as unknown as never, tx);
}

/** A field that names what is no longer kept stays an id. */
function isKnown(object: Readonly<Record<string, unknown>>, step: string): boolean {
  return typeof object[step] === 'string' && /^[a-z]+_\w+$/.test(object[step] as string);
}

function notExpandable(path: string, step: string): Error {
  const { status, body } = invalid(`This property cannot be expanded (${step}).`, undefined, `expand[${path}]`);
  return new ApiError(status, body, { differs: true });
}
