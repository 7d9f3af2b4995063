import { type Draws, scatter32 } from '../../../lib/draws.ts';
import type { Distinct } from '../generator.ts';
import { permutation } from '../permutation.ts';
import { DAY } from '../value.ts';
import type { Source } from './source.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Eight hexadecimal digits. */
export function hex32(number: number): string {
  return (
    (HEX[number >>> 24] as string) +
    (HEX[(number >>> 16) & 255] as string) +
    (HEX[(number >>> 8) & 255] as string) +
    (HEX[number & 255] as string)
  );
}

/** So many hexadecimal digits. */
export function hex(draws: Draws, digits: number): string {
  let text = '';
  while (text.length < digits) text += hex32(draws.uint32());
  return text.length === digits ? text : text.slice(0, digits);
}

/** `count` zeros and ones. */
export function bits(draws: Draws, count: number): string {
  let text = '';
  while (text.length < count) text += draws.uint32().toString(2).padStart(32, '0');
  return text.slice(0, count);
}

/** Bit strings of one length; unique ones count in a scattered order. */
export function bitSource(length: number, own: Draws): Source {
  const digits = Math.min(length, 48);
  const scattered = permutation(2 ** digits, String(own.at(0).uint32()));
  const at = (index: number) => scattered(index).toString(2).padStart(digits, '0').padStart(length, '0');
  return { draw: (draws) => bits(draws, length), distinct: { size: 2 ** digits, at } };
}

/** Of version 4 (RFC 9562): random. Unique ones carry their number, scattered, in 53 of the bits. */
export function uuidSource(own: Draws): Source {
  const salt = own.at(0).uint32();
  const distinct: Distinct = {
    size: 2 ** 52,
    at: (index) => {
      own.at(index);
      const low = scatter32((index % 2 ** 32) ^ salt);
      // 20 bits of the index stand beside the version, in random bits that are the same for every row.
      const high = (Math.floor(index / 2 ** 32) ^ salt) & 0xfffff;
      return uuid(low, ((high >>> 4) << 16) | (own.uint32() & 0xf0ff) | ((high & 15) << 8), own.uint32(), own.uint32());
    },
  };
  return { draw: (draws) => uuid(draws.uint32(), draws.uint32(), draws.uint32(), draws.uint32()), distinct };
}

/** Of version 7 (RFC 9562): begins with milliseconds since 1970, which go up with the row as they do in life. */
export function timedUuidSource(now: number, own: Draws): Source {
  const start = now - 2 * 365 * DAY;
  const at = (draws: Draws, row: number): string => {
    const time = start + (row % 2 ** 40);
    const [high, low] = [Math.floor(time / 0x10000), time % 0x10000];
    return uuid(high, ((low << 16) | (draws.uint32() & 0xfff)) >>> 0, draws.uint32(), draws.uint32(), '7');
  };
  return { draw: at, distinct: { size: 2 ** 40, at: (index) => at(own.at(index), index) } };
}

function uuid(a: number, b: number, c: number, d: number, version = '4'): string {
  const [first, second, third, fourth] = [hex32(a), hex32(b), hex32(c), hex32(d)];
  const variant = HEX[0x80 | ((c >>> 24) & 0x3f)] as string;
  return `${first}-${second.slice(0, 4)}-${version}${second.slice(5)}-${variant}${third.slice(2, 4)}-${third.slice(4)}${fourth}`;
}

/** Bytes as Postgres prints them: `\x` and hexadecimal digits. */
export function bytesSource(least: number, most: number, own: Draws): Source {
  const size = Math.min(2 ** (Math.min(6, most) * 8), 2 ** 48);
  const scattered = permutation(size, String(own.at(0).uint32()));
  const at = (index: number) => {
    const draws = own.at(index);
    const digits = Math.min(12, most * 2);
    const rest = Math.max(0, least * 2 - digits);
    return `\\x${scattered(index).toString(16).padStart(digits, '0')}${hex(draws, rest)}`;
  };
  return { draw: (draws) => `\\x${hex(draws, draws.between(least, most) * 2)}`, distinct: { size, at } };
}
