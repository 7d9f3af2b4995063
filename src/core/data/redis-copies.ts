/** How many databases a Redis of devenv's has: the app has those that any Redis has, devenv the rest. */
export const DATABASES = 64;
export const APP_DATABASES = 16;
/** The last one holds devenv's marks; those between hold copies. */
export const MARKS = DATABASES - 1;
const SLOTS = Array.from({ length: MARKS - APP_DATABASES }, (_, index) => APP_DATABASES + index);

/**
 * What the keys of a Redis have to follow: which life its environment's database leads. Each reset, restore and seed
 * begins another one; undo goes back to one from before.
 */
export interface Life {
  /** Null: the database bears no mark, as one that an ORM has dropped and made anew. */
  readonly generation: string | null;
  /** What it began with, until the keys have followed: name of a copy in Postgres, EMPTY, SAME, or `` for what was there. */
  readonly origin: string;
}

/** Origin of a life that begins without a key. */
export const EMPTY = 'empty';
/** Of one that goes on with what is there. Where the keys have followed nothing is said any more. */
export const SAME = 'same';

/** Keys that wait in devenv's databases of the same Redis. */
export interface RedisCopy {
  readonly id: string;
  /** Whose keys they were when it was live; null for a spare. */
  readonly generation: string | null;
  /** Of a spare: name of the copy in Postgres that it was made from. */
  readonly origin: string | null;
  /** Database of the app to the one that its keys wait in; none for one that was empty. */
  readonly slots: Readonly<Record<string, number>>;
  readonly keys: number;
  /** ISO 8601. */
  readonly created: string;
  /** False while it is being filled, and for ever where that was cut off. */
  readonly complete: boolean;
}

export interface RedisMarks {
  /** Id of the environment that it belongs to. */
  readonly environment: string | null;
  /** Which life its keys are of; null where nobody has said so since it was empty. */
  readonly generation: string | null;
  readonly copies: readonly RedisCopy[];
}

export type RedisStep =
  | { readonly do: 'nothing' }
  /** Its keys stay, and are of this life from now on. `lost`: others were to come. */
  | { readonly do: 'adopt'; readonly lost: boolean }
  | { readonly do: 'swap'; readonly copy: RedisCopy }
  | { readonly do: 'empty' }
  /** From what Postgres keeps, since no spare waits. */
  | { readonly do: 'load'; readonly origin: string };

/** What brings the keys of a Redis to the life that its environment's database leads. */
export function followBy(wanted: Life, { generation, copies }: RedisMarks, isEmpty: boolean): RedisStep {
  if (generation === wanted.generation) return { do: 'nothing' };
  const whole = copies.filter(({ complete }) => complete);
  const kept = whole.find((copy) => copy.generation !== null && copy.generation === wanted.generation);
  if (kept) return { do: 'swap', copy: kept };
  if (wanted.origin === SAME) return { do: 'adopt', lost: false };
  // FLUSHALL takes the marks as well: what was written since, or that nothing was, is what the user wants.
  if (generation === null && (!isEmpty || wanted.origin === '')) return { do: 'adopt', lost: false };
  if (wanted.origin === '') return { do: 'adopt', lost: true };
  if (wanted.origin === EMPTY) return { do: 'empty' };
  const spare = whole.find(({ origin }) => origin === wanted.origin);
  return spare ? { do: 'swap', copy: spare } : { do: 'load', origin: wanted.origin };
}

/** Whether a Redis whose keys are of that life was not brought to the one that its database leads. */
export function lags({ generation, origin }: Life, keys: string | null): boolean {
  if (generation === null || generation === keys) return false;
  // Nobody has said whose keys they are; they are the database's, unless that waits for others.
  return keys !== null || origin !== '';
}

export function freeSlots({ copies }: RedisMarks): readonly number[] {
  const taken = new Set(copies.flatMap(({ slots }) => Object.values(slots)));
  return SLOTS.filter((slot) => !taken.has(slot));
}

/** What goes first where there is no room for another copy: what is half-made, then the oldest. Null: nothing may go. */
export function firstToGo({ copies }: RedisMarks, needed: string | null): RedisCopy | null {
  const others = copies.filter(({ id, slots }) => id !== needed && Object.keys(slots).length > 0);
  return (
    [...others].sort((a, b) => Number(a.complete) - Number(b.complete) || (a.created < b.created ? -1 : 1))[0] ?? null
  );
}

/** What tidying keeps, and makes. */
export interface KeptLives {
  /** Lives that undo or redo leads to. */
  readonly generations: ReadonlySet<string>;
  /** Name of the baseline in Postgres; null where there is none. */
  readonly baseline: string | null;
  readonly spares: number;
}

/** Copies that nothing leads to any more, those that were cut off included. */
export function outdatedKeys({ copies }: RedisMarks, kept: KeptLives): readonly RedisCopy[] {
  const spares = copies.filter(({ complete, origin }) => complete && origin !== null && origin === kept.baseline);
  const stays = new Set([
    ...spares.slice(0, kept.spares),
    ...copies.filter(({ complete, generation }) => complete && kept.generations.has(generation ?? '')),
  ]);
  return copies.filter((copy) => !stays.has(copy));
}

export function missingKeySpares({ copies }: RedisMarks, { baseline, spares }: KeptLives): number {
  if (baseline === null) return 0;
  return Math.max(0, spares - copies.filter(({ complete, origin }) => complete && origin === baseline).length);
}
