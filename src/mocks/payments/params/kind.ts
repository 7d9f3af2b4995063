import type { Raw } from './parse-form.ts';

/** What a parameter may be, and what becomes of its text. */
export interface ParamKind<T> {
  /** Fails as Stripe does; `name` is the whole of it: `card[number]`. */
  readonly read: (raw: Raw, name: string) => T;
  readonly required?: boolean;
}

/** The parameters of a request, or of an object among them, by name. */
export type Shape = Readonly<Record<string, ParamKind<unknown>>>;

/** All but the required ones may be missing. */
export type Params<S extends Shape> = Simple<
  { readonly [N in keyof S as S[N] extends Required_ ? N : never]: Of<S[N]> } & {
    readonly [N in keyof S as S[N] extends Required_ ? never : N]?: Of<S[N]>;
  }
>;

export type Of<K> = K extends ParamKind<infer T> ? T : never;

interface Required_ {
  readonly required: true;
}
type Simple<T> = { [N in keyof T]: T[N] } & {};

export function required<K extends ParamKind<unknown>>(kind: K): K & Required_ {
  return { ...kind, required: true };
}

/** An empty text unsets it: null. */
export function unsettable<T>(kind: ParamKind<T>): ParamKind<T | null> {
  return { read: (raw, name) => (raw === '' ? null : kind.read(raw, name)) };
}
