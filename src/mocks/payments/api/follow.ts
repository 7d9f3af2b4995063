import type { Setting } from '../store/transaction.ts';
import type { Resource } from './route.ts';

type Follower = (object: never, tx: Parameters<Setting['follow']>[2]) => void;

/** All that follows from what happens, in the order of the resources. */
export function followersOf(resources: readonly Resource[]): Setting['follow'] {
  const byType = new Map<string, Follower[]>();
  for (const { follows = {} } of resources) {
    for (const [type, follower] of Object.entries(follows)) byType.set(type, [...(byType.get(type) ?? []), follower]);
  }
  return (type, object, tx) => {
    for (const follower of byType.get(type) ?? []) follower(object as never, tx);
  };
}
