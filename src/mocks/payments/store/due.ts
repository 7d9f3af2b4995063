/** Something that happens by itself at a time: a session expires, a subscription renews. One at most per object. */
export interface Due {
  /** `<id of the object>.due` */
  readonly id: string;
  readonly object: 'devenv.due';
  /** Milliseconds since 1970, of the clock below. */
  readonly at: number;
  /** The id of the test clock that the object lives by; null: the environment's own clock. */
  readonly clock: string | null;
  /** The id of the object, whose kind says what happens. */
  readonly of: string;
}

export function dueId(of: string): string {
  return `${of}.due`;
}
