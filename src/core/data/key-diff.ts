/** A key with a digest of what is in it, whatever the order of its parts; how long it lives is no part of it. */
export interface DigestedKey {
  /** Of the app's databases. */
  readonly database: number;
  /** As latin1, so that any bytes can be a name. */
  readonly key: string;
  readonly digest: string;
}

/** How the keys of one database of a Redis differ. */
export interface KeysChange {
  readonly database: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Some of each kind. */
  readonly examples: readonly KeyExample[];
}

export interface KeyExample {
  readonly key: string;
  readonly change: 'added' | 'removed' | 'changed';
}

const EXAMPLES = 5;

/** Collects how keys differ: first all of before, then all of after. Of each key a name and a digest are in memory. */
export class KeyDiff {
  readonly #before = new Map<number, Map<string, string>>();
  readonly #counts = new Map<number, { added: number; removed: number; changed: number; examples: KeyExample[] }>();

  before({ database, key, digest }: DigestedKey): void {
    const keys = this.#before.get(database) ?? new Map<string, string>();
    this.#before.set(database, keys.set(key, digest));
  }

  after({ database, key, digest }: DigestedKey): void {
    const keys = this.#before.get(database);
    const was = keys?.get(key);
    // SCAN may give a key twice: the second time it is an empty one.
    if (was === SEEN || was === digest) keys?.set(key, SEEN);
    else this.#count(database, was === undefined ? 'added' : 'changed', key);
    const seen = keys ?? new Map<string, string>();
    this.#before.set(database, seen.set(key, SEEN));
  }

  /** By database; those that don't differ are left out. */
  end(): readonly KeysChange[] {
    for (const [database, keys] of this.#before) {
      for (const [key, digest] of keys) if (digest !== SEEN) this.#count(database, 'removed', key);
    }
    return [...this.#counts]
      .map(([database, counts]) => ({ database, ...counts }))
      .sort((a, b) => a.database - b.database);
  }

  #count(database: number, change: KeyExample['change'], key: string): void {
    const counts = this.#counts.get(database) ?? { added: 0, removed: 0, changed: 0, examples: [] };
    this.#counts.set(database, counts);
    counts[change] += 1;
    if (counts[change] <= EXAMPLES) counts.examples.push({ key: Buffer.from(key, 'latin1').toString('utf8'), change });
  }
}

/** No digest is. */
const SEEN = '';
