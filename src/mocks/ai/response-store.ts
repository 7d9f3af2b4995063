import type { JsonObject } from './json.ts';

/** A response that can be asked for again and gone on from. */
export interface Kept {
  readonly response: JsonObject & { readonly id: string };
  /** The items that it answered, without those of the responses before it. */
  readonly input: readonly unknown[];
}

const MOST = 1000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** The last responses: a ring, bounded in number and size. */
export class ResponseStore {
  readonly #kept = new Map<string, { readonly kept: Kept; readonly size: number }>();
  #size = 0;

  add(kept: Kept): void {
    const size = JSON.stringify(kept).length;
    this.delete(kept.response.id);
    this.#kept.set(kept.response.id, { kept, size });
    this.#size += size;
    for (const [id] of this.#kept) {
      if (this.#kept.size <= MOST && this.#size <= MOST_CHARACTERS) break;
      this.delete(id);
    }
  }

  get(id: string): Kept | null {
    return this.#kept.get(id)?.kept ?? null;
  }

  delete(id: string): void {
    this.#size -= this.#kept.get(id)?.size ?? 0;
    this.#kept.delete(id);
  }

  all(): Kept[] {
    return [...this.#kept.values()].map(({ kept }) => kept);
  }
}
