import { type Kept, ResponseStore } from './response-store.ts';

/** One line of the journal: `replay`ed in order, the changes make the state that was. */
export type Change =
  /** Totals, of which only the last counts. */
  | { readonly kind: 'used'; readonly calls: number; readonly tokens: number }
  | { readonly kind: 'stored'; readonly kept: Kept }
  | { readonly kind: 'deleted'; readonly id: string };

/** All that a later answer depends on. */
export class AiState {
  readonly responses = new ResponseStore();
  readonly #remember: (change: Change) => void;
  #calls = 0;
  #tokens = 0;

  constructor(remember: (change: Change) => void) {
    this.#remember = remember;
  }

  get tokens(): number {
    return this.#tokens;
  }

  /** The number of a call that has come. */
  nextCall(): number {
    this.#calls += 1;
    return this.#calls;
  }

  /** Told once for each call, at its end: ids go on after a restart, and budgets too. */
  use(tokens: number): void {
    this.#tokens += tokens;
    this.#remember({ kind: 'used', calls: this.#calls, tokens: this.#tokens });
  }

  store(kept: Kept): void {
    this.responses.add(kept);
    this.#remember({ kind: 'stored', kept });
  }

  delete(id: string): void {
    this.responses.delete(id);
    this.#remember({ kind: 'deleted', id });
  }

  replay(change: Change): void {
    switch (change.kind) {
      case 'used':
        [this.#calls, this.#tokens] = [change.calls, change.tokens];
        break;
      case 'stored':
        this.responses.add(change.kept);
        break;
      case 'deleted':
        this.responses.delete(change.id);
    }
  }

  /** The fewest changes that make this state: what a journal can be shortened to. */
  changes(): Change[] {
    return [
      { kind: 'used', calls: this.#calls, tokens: this.#tokens },
      ...this.responses.all().map((kept): Change => ({ kind: 'stored', kept })),
    ];
  }
}
