import type { Stripe } from 'stripe';
import type { Called, Change, Delivered, Remembered } from './change.ts';
import type { Kept } from './kinds.ts';

/**
 * A change as the journal has it. Most of what events and answers hold is what was put in the same call, or nearly so: it
 * is written once, and then as what is different. A third of the bytes is left.
 */
export type Packed = PackedCall | Delivered;

interface PackedCall extends Omit<Called, 'events' | 'remembered'> {
  readonly events: readonly PackedEvent[];
  readonly remembered?: Omit<Remembered, 'body'> & { readonly body: Like };
}

interface PackedEvent extends Omit<Stripe.EventBase, 'data'> {
  readonly data: { readonly object: Like; readonly previous_attributes?: object };
}

/** An object as it is, or as one that was put, but for some of its fields. */
type Like = { readonly whole: object } | { readonly of: string; readonly but?: Fields };
type Fields = Readonly<Record<string, unknown>>;

export function pack(change: Called): Packed {
  const put = new Map(change.put.map((object) => [object.id, object]));
  const { remembered } = change;
  return {
    ...change,
    events: change.events.map((event) => ({
      ...event,
      data: { ...event.data, object: likeOf(event.data.object, put) },
    })),
    ...(remembered && { remembered: { ...remembered, body: likeOf(remembered.body as object, put) } }),
  } as PackedCall;
}

export function unpack(packed: Packed): Change {
  if (packed.is === 'delivered') return packed;
  const put = new Map(packed.put.map((object) => [object.id, object]));
  const { remembered } = packed;
  return {
    ...packed,
    events: packed.events.map((event) => ({
      ...event,
      data: { ...event.data, object: unlike(event.data.object, put) },
    })),
    ...(remembered && { remembered: { ...remembered, body: unlike(remembered.body, put) } }),
  } as Called;
}

function likeOf(object: object, put: ReadonlyMap<string, Kept>): Like {
  const { id } = object as { readonly id?: string };
  const base = id === undefined ? undefined : put.get(id);
  if (!base) return { whole: object };
  if (base === object) return { of: base.id };
  // Fields come in the same order, so that the answer has the same bytes again.
  const names = Object.keys(object);
  const same = Object.keys(base);
  if (names.length !== same.length || names.some((name, place) => name !== same[place])) return { whole: object };
  const [from, to] = [base as unknown as Fields, object as Fields];
  return {
    of: base.id,
    but: Object.fromEntries(names.filter((name) => from[name] !== to[name]).map((name) => [name, to[name]])),
  };
}

function unlike(like: Like, put: ReadonlyMap<string, Kept>): object {
  if ('whole' in like) return like.whole;
  const base = put.get(like.of) as Kept;
  return like.but ? { ...base, ...like.but } : base;
}
