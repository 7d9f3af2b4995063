import type { CopyKind } from '../../core/data/copies.ts';
import { hashOf } from '../../lib/hash.ts';

/** NAMEDATALEN - 1: Postgres cuts off what is longer, without a word. */
const MAX_BYTES = 63;

/**
 * Name of a database that holds a copy: `devenv_shop_spare_1`; a tag is of small letters and digits. Long names of the
 * live database stand as a hash.
 */
export function copyName(live: string, kind: CopyKind, tag: string): string {
  const whole = `devenv_${live}_${kind}_${tag}`;
  if (Buffer.byteLength(whole) <= MAX_BYTES) return whole;
  return `devenv_${hashOf(live)}_${kind}_${hashOf(tag)}`;
}

/** When it was made, or the hash of that: somebody's own database may be called `devenv_shop_snapshot_mine`. */
const TAG = /^(?:\d{8}t\d{9}z\d*|[0-9a-f]{16})$/;

/** Whether a database can only be a copy of the live one: those that were cut off bear no other mark than their name. */
export function isCopyName(live: string, name: string): boolean {
  const [, of, , tag] = /^devenv_(.+)_(baseline|spare|undo|redo|snapshot|parked)_([a-z0-9]+)$/s.exec(name) ?? [];
  return tag !== undefined && TAG.test(tag) && (of === live || of === hashOf(live));
}
