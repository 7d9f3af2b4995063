import { partsOf } from '../writing/words.ts';

/** What a value is wanted for: the names around it in the schema. */
export interface Wanted {
  readonly name: string;
  /** In lower case with underscores, by which tables know it. */
  readonly key: string;
  readonly words: readonly string[];
  /** The words of what it belongs to: of the object around it, or the schema or tool. */
  readonly owner: readonly string[];
  /** The keys beside it. */
  readonly beside: readonly string[];
}

export function wantedOf(name: string, owner: readonly string[] = [], beside: readonly string[] = []): Wanted {
  const words = partsOf(name.slice(0, 100));
  return { name, key: words.join('_'), words, owner, beside };
}

/** What one item of a list of that name is wanted for. */
export function itemOf(wanted: Wanted): Wanted {
  return wantedOf(singular(wanted.name), wanted.owner, wanted.beside);
}

function singular(name: string): string {
  if (/^people$/i.test(name)) return 'person';
  return name.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
}

/** What a property of the wanted object is wanted for. */
export function propertyOf(wanted: Wanted, name: string, beside: readonly string[]): Wanted {
  return wantedOf(name, wanted.words.length > 0 ? wanted.words : wanted.owner, beside);
}
