import type { Draws } from '../../../../lib/draws.ts';
import { permutation } from '../../permutation.ts';
import { spokenWords } from '../../words.ts';
import { uuidSource } from '../bits.ts';
import type { Source } from '../source.ts';
import { drawsOf, lengthsOf, saltOf, type Tools } from '../tools.ts';

const SMALL = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Of ULIDs: Crockford's digits. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** As cuid writes them, which Prisma gives by default. */
const CUID = 25;
const ULID = 26;
const UUID = 36;
/** Shorter ones are codes that somebody has thought out. */
const LEAST = 6;
/** Characters that tell two ids of one column apart. */
const TELLING = 9;

/** Whether a text is called an id and nothing else. */
export function isId(name: string): boolean {
  return spokenWords(name).at(-1) === 'id';
}

/** Ids as programs make them: a UUID, a ULID or a cuid, whichever the column has room for or its default makes. */
export function idSource(tools: Tools): Source | null {
  const { least, most } = lengthsOf(tools.type, tools.domain);
  const own = drawsOf(tools, 'distinct');
  const fits = (length: number): boolean => length >= least && length <= (most ?? Number.POSITIVE_INFINITY);
  const { domain } = tools;
  if (domain.patterns.length > 0 || domain.noneOf.length > 0) return null;
  if (fits(UUID) && (most === UUID || /uuid/.test(tools.context.column.default ?? ''))) return uuidSource(own);
  if (most === ULID && fits(ULID)) return textId(tools, own, '01', ULID, CROCKFORD);
  const length = fits(CUID) ? CUID : most !== null && most < CUID ? most : least;
  return length < LEAST ? null : textId(tools, own, length >= CUID ? 'c' : '', length, SMALL);
}

function textId(tools: Tools, own: Draws, prefix: string, length: number, alphabet: string): Source {
  const base = alphabet.length;
  const telling = Math.min(TELLING, length - prefix.length);
  const size = base ** telling;
  const scattered = permutation(size, saltOf(tools));
  const random = (draws: Draws, count: number): string => {
    let text = '';
    for (let place = 0; place < count; place += 1) text += alphabet[draws.below(base)];
    return text;
  };
  const numbered = (index: number): string => {
    let [text, rest] = ['', scattered(index)];
    for (let place = 0; place < telling; place += 1) {
      text = alphabet[rest % base] + text;
      rest = Math.floor(rest / base);
    }
    return text;
  };
  const others = length - prefix.length - telling;
  return {
    draw: (draws) => prefix + random(draws, length - prefix.length),
    distinct: { size, at: (index) => prefix + random(own.at(index), others) + numbered(index) },
  };
}
