import type { Draws } from '../../../../lib/draws.ts';
import { lengthsOf } from '../tools.ts';
import { wordList } from '../word-lists.ts';
import { type Builder, worded } from './site.ts';
import { filled } from './street.ts';

/**
 * Numbers that nobody has, set aside for films and examples by those who give numbers out: NANPA (555-0100 to 0199), Ofcom,
 * Bundesnetzagentur, ARCEP, ACMA, PTS. `#` is a digit.
 */
const FICTIONAL: Readonly<Record<string, readonly string[]>> = {
  US: ['+1 ### 555 01##'],
  CA: ['+1 ### 555 01##'],
  GB: ['+44 7700 900###', '+44 20 7946 0###', '+44 161 496 0###'],
  DE: ['+49 30 23125 ###', '+49 40 66969 ###', '+49 89 99998 ###', '+49 221 4710 ###'],
  FR: ['+33 6 39 98 ## ##', '+33 1 99 00 ## ##'],
  AU: ['+61 2 5550 ####', '+61 3 5550 ####', '+61 7 5550 ####'],
  SE: ['+46 8 465 004 ##', '+46 31 390 06 ##'],
};

/** Area codes in North America don't begin with 0 or 1, nor end in 11. */
const AREAS = [205, 212, 213, 303, 305, 312, 404, 415, 503, 512, 602, 617, 702, 713, 801, 808, 901, 919];

/** In the fictional range where the country has one; else after faker's pattern for the country. */
export const phone: Builder = (site) => {
  const { words, country } = site.tools.world;
  const { most } = lengthsOf(site.tools.type, site.tools.domain);
  const definition = words.phone_number?.format as { readonly international?: readonly string[] } | undefined;
  const patterns = FICTIONAL[country] ?? definition?.international ?? wordList(words, 'phone_number', 'format');
  const list = patterns.length > 0 ? patterns : ['+1 ### 555 01##'];
  const compact = most !== null && most < 18;
  const draw = (draws: Draws) => {
    const pattern = draws
      .pick(list)
      .replace('+1 ###', () => `+1 ${draws.pick(AREAS)}`)
      .replaceAll('!', () => String(2 + draws.below(8)));
    const text = filled(pattern, draws);
    return compact ? text.replaceAll(' ', '').slice(0, most ?? undefined) : text;
  };
  return worded(site, { draw, joint: ' x' });
};
