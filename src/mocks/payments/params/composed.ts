import { ApiError, badParameter, unsupported } from '../api/errors.ts';
import type { Of, ParamKind, Params, Shape } from './kind.ts';
import type { Raw, RawParams } from './parse-form.ts';

/** What Stripe takes and the mock doesn't: said so where it comes up, rather than passed over. */
export const notHere: ParamKind<never> = {
  read(_, name) {
    throw unsupported(`the parameter ${name}`, name);
  },
};

/** Several of those. */
export function notHereYet<const N extends string>(...names: readonly N[]): { readonly [K in N]: ParamKind<never> } {
  return Object.fromEntries(names.map((name) => [name, notHere])) as { [K in N]: ParamKind<never> };
}

export function object<S extends Shape>(shape: S): ParamKind<Params<S>> {
  return {
    read(raw, name) {
      if (!isObject(raw)) throw badParameter('Invalid object', name);
      return readParams(shape, raw, name);
    },
  };
}

/** As `items[0][price]=…` or `items[]=…`; an empty text is none. */
export function list<K extends ParamKind<unknown>>(
  kind: K,
  limits: { readonly max?: number } = {},
): ParamKind<Of<K>[]> {
  return {
    read(raw, name) {
      const items = itemsOf(raw, name);
      if (items.length > (limits.max ?? 100)) {
        throw badParameter(
          `Array ${name} exceeded maximum ${limits.max ?? 100} allowed elements.`,
          name,
          'array_too_long',
        );
      }
      return items.map((item, place) => kind.read(item, `${name}[${place}]`) as Of<K>);
    },
  };
}

/** The first of them whose form the parameter has: `off_session=true` or `off_session[…]`. */
export function either<A, B>(whenText: ParamKind<A>, whenObject: ParamKind<B>): ParamKind<A | B> {
  return { read: (raw, name) => (isObject(raw) ? whenObject : whenText).read(raw, name) };
}

/**
 * Checks all that came against a shape. `of` is the name of the object that they are in. What is missing comes last: it may
 * be needed only because something else isn't here yet.
 */
export function readParams<S extends Shape>(shape: S, raw: RawParams, of = ''): Params<S> {
  const full = (name: string): string => (of === '' ? name : `${of}[${name}]`);
  const unknown = Object.keys(raw).filter((name) => !Object.hasOwn(shape, name));
  if (unknown.length > 0) throw unknownParameters(unknown.map(full));
  const found: Record<string, unknown> = {};
  for (const name in shape) {
    const kind = shape[name] as ParamKind<unknown>;
    const value = raw[name];
    if (value !== undefined) found[name] = kind.read(value, full(name));
  }
  const missing = Object.keys(shape).find((name) => raw[name] === undefined && shape[name]?.required);
  if (missing !== undefined) throw missingParameter(full(missing));
  return found as Params<S>;
}

export function missingParameter(name: string): ApiError {
  return badParameter(`Missing required param: ${name}.`, name, 'parameter_missing');
}

function unknownParameters(names: readonly string[]): ApiError {
  const message = `Received unknown parameter${names.length > 1 ? 's' : ''}: ${names.join(', ')}`;
  const error = badParameter(message, names[0] as string, 'parameter_unknown');
  return new ApiError(error.status, error.body, { ...error.options, differs: true });
}

function isObject(raw: Raw): raw is RawParams {
  return typeof raw === 'object' && !Array.isArray(raw);
}

function itemsOf(raw: Raw, name: string): readonly Raw[] {
  if (raw === '') return [];
  if (Array.isArray(raw)) return raw as readonly Raw[];
  // More than the parser takes as an array, or with gaps: an object whose names are numbers.
  if (isObject(raw) && Object.keys(raw).every((key) => /^\d+$/.test(key))) return Object.values(raw);
  throw badParameter('Invalid array', name);
}
