import type { FollowedKeys } from '../app/data/keys.ts';

const WAYS: Partial<Readonly<Record<FollowedKeys['how'], string>>> = {
  swapped: 'swapped',
  loaded: 'loaded, then swapped',
  emptied: 'emptied',
  anew: 'loaded anew',
};

/** Which Redis services went with a database, and how: ` and cache (swapped)`. */
export function withKeys(followed: readonly FollowedKeys[]): string {
  return followed.map(({ service, how }) => (WAYS[how] ? ` and ${service} (${WAYS[how]})` : '')).join('');
}
