import type { JsonObject } from './json.ts';

/** An answer that can be gone on from, or asked for again. */
export interface Kept {
  readonly response: JsonObject & { readonly id: string };
  /** What it answered, without what the answers before it did. */
  readonly input: readonly JsonObject[];
  /** The answer that it goes on from. */
  readonly previous: string | null;
  /** What the conversation was begun with and later requests don't repeat. */
  readonly setup?: JsonObject;
}

const MOST = 1000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** The last answers of both providers: a ring, bounded in number and size. */
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

  /** The answer and all before it, the first one first; the id of one that isn't kept any more. */
  conversation(id: string): readonly Kept[] | { readonly missing: string } {
    const found: Kept[] = [];
    for (let at: string | null = id; at !== null; at = found[0]?.previous ?? null) {
      const kept = this.get(at);
      if (!kept) return { missing: at };
      found.unshift(kept);
    }
    return found;
  }

  delete(id: string): void {
    this.#size -= this.#kept.get(id)?.size ?? 0;
    this.#kept.delete(id);
  }

  all(): Kept[] {
    return [...this.#kept.values()].map(({ kept }) => kept);
  }
}
