import type { ObservedContent } from '../observed.ts';
import { differences } from '../reconcile/differences.ts';
import type { Content, Fingerprint, Stack } from '../stack.ts';

/** What was loaded, on a machine or in the records of one environment: the hash, and the parts that it was made from. */
export interface Loaded {
  readonly baseline: string;
  readonly parts: Fingerprint;
}

const PREFIX = 'baseline-';

/**
 * Name under which a machine keeps a baseline for other checkouts. It hangs on what made the data files too, the image by
 * its digest or the programs by their version: under another glibc the order of a text index may be another.
 */
export function baselineKey(baseline: string, maker: string): string {
  return `${PREFIX}${baseline}-${maker.startsWith('sha256:') ? maker.slice('sha256:'.length, 19) : maker}`;
}

export function isBaseline(key: string): boolean {
  return key.startsWith(PREFIX);
}

/** For a person: `baseline 3f2a91c0`. */
export function baselineWords(key: string): string {
  return `baseline ${key.slice(PREFIX.length, PREFIX.length + 8)}`;
}

/** What to do about that, too: where there are several, the others need no reset. */
export function changedWords(stack: Pick<Stack, 'services'>, service: string, changed: string): string {
  const which = loadsSeveral(stack) ? ` --service ${service}` : '';
  return `${service}: ${changed}; devenv reset${which} loads it anew`;
}

/** Whether it has to be said which database something is about. */
export function loadsSeveral({ services }: Pick<Stack, 'services'>): boolean {
  return services.filter(({ content }) => content !== null).length > 1;
}

/** What differs between data that was loaded and what is asked for now; null where nothing does. */
export function changedSince({ baseline, parts }: Content, loaded: ObservedContent): string | null {
  if (loaded.state !== 'loaded' || loaded.baseline === baseline) return null;
  const changes = loaded.parts ? differences(loaded.parts, parts) : [];
  // Without a record of the parts, or where it is the way of hashing that differs.
  if (changes.length === 0) return 'migrations or seeds have changed since';
  return changes.map((change) => `${change} since`).join(', ');
}
