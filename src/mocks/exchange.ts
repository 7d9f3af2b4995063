/**
 * Something that many use at once and that is exchanged now and then: who comes meanwhile waits for the new one. Where no
 * new one can be made there is none: whoever comes next tries again.
 */
export class Exchange<T> {
  #current: { readonly it: T } | null;
  readonly #makeAgain: () => Promise<T>;
  #users = 0;
  #unused: (() => void) | null = null;
  #changing: Promise<void> | null = null;

  constructor(first: T, makeAgain: () => Promise<T>) {
    this.#current = { it: first };
    this.#makeAgain = makeAgain;
  }

  async use<R>(act: (current: T) => Promise<R> | R): Promise<R> {
    while (this.#changing || !this.#current) {
      if (this.#changing) await this.#changing.catch(() => {});
      else await this.change(this.#makeAgain);
    }
    this.#users++;
    try {
      return await act(this.#current.it);
    } finally {
      this.#users--;
      if (this.#users === 0) this.#unused?.();
    }
  }

  /** Once nobody uses the old one any more, which is null where making the last one has failed. */
  async change(make: (old: T | null) => Promise<T>): Promise<void> {
    while (this.#changing) await this.#changing.catch(() => {});
    this.#changing = this.#make(make).finally(() => (this.#changing = null));
    await this.#changing;
  }

  async #make(make: (old: T | null) => Promise<T>): Promise<void> {
    if (this.#users > 0) await new Promise<void>((resolve) => (this.#unused = resolve));
    this.#unused = null;
    const old = this.#current?.it ?? null;
    this.#current = null;
    this.#current = { it: await make(old) };
  }
}
