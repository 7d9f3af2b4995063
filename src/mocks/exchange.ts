/** Something that many use at once and that is exchanged now and then: who comes meanwhile waits for the new one. */
export class Exchange<T> {
  #current: T;
  #users = 0;
  #unused: (() => void) | null = null;
  #changing: Promise<void> | null = null;

  constructor(first: T) {
    this.#current = first;
  }

  async use<R>(act: (current: T) => Promise<R> | R): Promise<R> {
    while (this.#changing) await this.#changing;
    this.#users++;
    try {
      return await act(this.#current);
    } finally {
      this.#users--;
      if (this.#users === 0) this.#unused?.();
    }
  }

  /** Once nobody uses the old one any more. Where no new one can be made, the old one stays. */
  async change(make: (old: T) => Promise<T>): Promise<void> {
    while (this.#changing) await this.#changing;
    const changing = this.#make(make);
    this.#changing = changing.catch(() => {}).finally(() => (this.#changing = null));
    await changing;
  }

  async #make(make: (old: T) => Promise<T>): Promise<void> {
    if (this.#users > 0) await new Promise<void>((resolve) => (this.#unused = resolve));
    this.#unused = null;
    this.#current = await make(this.#current);
  }
}
