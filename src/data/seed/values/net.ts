import type { Draws } from '../../../lib/draws.ts';
import { permutation } from '../permutation.ts';
import { hex, hex32 } from './bits.ts';
import type { Source } from './source.ts';

/** Addresses of 10.0.0.0/8, which belong to nobody outside (RFC 1918). */
export function addressSource(own: Draws, suffix = ''): Source {
  const scattered = permutation(2 ** 24, String(own.at(0).uint32()));
  const at = (number: number) => `10.${number >>> 16}.${(number >>> 8) & 255}.${number & 255}${suffix}`;
  return {
    draw: (draws) => at(draws.uint32() >>> 8),
    distinct: { size: 2 ** 24, at: (index) => at(scattered(index)) },
  };
}

/** Networks of 256 addresses; unique ones of a single address. */
export function networkSource(own: Draws): Source {
  const draw = (draws: Draws) => `10.${draws.below(256)}.${draws.below(256)}.0/24`;
  return { draw, distinct: addressSource(own, '/32').distinct };
}

/** Hardware addresses that are marked as given locally; `bytes` is 6 or 8. */
export function macSource(own: Draws, bytes: 6 | 8): Source {
  const size = 2 ** 40;
  const scattered = permutation(size, String(own.at(0).uint32()));
  const pairs = (digits: string) => `02:${digits.replace(/..(?=.)/g, '$&:')}`;
  const rest = (bytes - 6) * 2;
  return {
    draw: (draws) => pairs(hex(draws, 10 + rest)),
    distinct: {
      size,
      at: (index) =>
        pairs(scattered(index).toString(16).padStart(10, '0') + hex32(own.at(index).uint32()).slice(0, rest)),
    },
  };
}
