import type { CopyKind } from '../../core/data/copies.ts';
import { hashOf } from '../../lib/hash.ts';

/** NAMEDATALEN - 1: Postgres cuts off what is longer, without a word. */
const MAX_BYTES = 63;

/**
 * Name of a database that holds a copy: `devenv_shop_spare_1`. Long names of the live database are cut and told apart by
 * a hash.
 */
export function copyName(live: string, kind: CopyKind, tag: string): string {
  const whole = `devenv_${live}_${kind}_${tag}`;
  if (Buffer.byteLength(whole) <= MAX_BYTES) return whole;
  return `devenv_${hashOf({ live, tag }).slice(0, 24)}_${kind}`;
}
