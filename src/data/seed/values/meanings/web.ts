import type { Draws } from '../../../../lib/draws.ts';
import { permutation } from '../../permutation.ts';
import { hex, uuidSource } from '../bits.ts';
import { byWeight } from '../choice.ts';
import { words as wordsOfTools } from '../scalars.ts';
import { code } from '../text.ts';
import { drawsOf, lengthsOf, saltOf } from '../tools.ts';
import { wordList } from '../word-lists.ts';
import { ascii } from './ascii.ts';
import { type Builder, oneOf, sibling, textList, worded } from './site.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** As long as the column has room for, up to 40. */
const token: Builder = (site) => {
  const { most } = lengthsOf(site.tools.type, site.tools.domain);
  const length = Math.min(40, most ?? 40);
  return worded(site, { draw: (draws) => code(draws, length, LETTERS), joint: '_' });
};

const hash: Builder = (site) => {
  const { least, most } = lengthsOf(site.tools.type, site.tools.domain);
  const length = [32, 40, 64].filter((size) => size >= least && size <= (most ?? 64)).at(-1) ?? most ?? least;
  const own = drawsOf(site.tools, 'hash');
  const source = worded(site, { draw: (draws) => hex(draws, length), joint: 'f' });
  // Unique ones have their number in front instead of behind, scattered, and end in other digits.
  const scattered = permutation(2 ** 48, saltOf(site.tools));
  const at = (index: number) => scattered(index).toString(16).padStart(12, '0') + hex(own.at(index), length - 12);
  return length < 16 ? source : { ...source, distinct: { size: 2 ** 48, at } };
};

const uuid: Builder = (site) => {
  const { least, most } = lengthsOf(site.tools.type, site.tools.domain);
  return least > 36 || (most ?? 36) < 36 ? null : uuidSource(drawsOf(site.tools, 'distinct'));
};

/** `cus_9f2c…`, as services outside name their objects. */
const externalId: Builder = (site) => {
  const prefix = `${(site.group || site.subject).replace(/[^a-z]/g, '').slice(0, 3) || 'id'}_`;
  return worded(site, { draw: (draws) => prefix + code(draws, 14, LETTERS), joint: '' });
};

function path(site: Parameters<Builder>[0]): (draws: Draws, row: number) => string {
  const slug = sibling(site, 'slug', 'title', 'name', 'username', 'product', 'company');
  const list = wordsOfTools(site.tools).filter((word) => ascii(word) !== '');
  const words = list.length > 0 ? list : ['page'];
  return (draws, row) => ascii(String(slug?.(row) ?? '')) || `${ascii(draws.pick(words))}-${ascii(draws.pick(words))}`;
}

const url: Builder = (site) => {
  const tail = path(site);
  return worded(site, { draw: (draws, row) => `https://example.com/${tail(draws, row)}`, joint: '-' });
};

const image: Builder = (site) => {
  const tail = path(site);
  const draw = (draws: Draws, row: number) => `https://example.com/images/${tail(draws, row)}-${draws.below(1000)}`;
  return worded(site, { draw, joint: '-', ending: () => '.jpg' });
};

const domain: Builder = (site) => {
  const tail = path(site);
  return worded(site, {
    draw: (draws, row) => `${tail(draws, row).slice(0, 50)}`,
    joint: '-',
    ending: () => '.example.com',
  });
};

/** Of a private net, so that nobody's is shown. */
const ip: Builder = (site) =>
  worded(site, {
    draw: (draws) => `10.${draws.below(256)}.${draws.below(256)}.${draws.below(254) + 1}`,
    list: { size: 2 ** 24, longest: 14, at: (index) => `10.${index >>> 16}.${(index >>> 8) & 255}.${index & 255}` },
  });

const mac: Builder = (site) =>
  worded(site, {
    draw: (draws) => `02:${hex(draws, 10).replace(/..(?=.)/g, '$&:')}`,
    list: {
      size: 2 ** 32,
      longest: 17,
      at: (index) =>
        `02:00:${index
          .toString(16)
          .padStart(8, '0')
          .replace(/..(?=.)/g, '$&:')}`,
    },
  });

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
];
const userAgent: Builder = (site) => oneOf(site, AGENTS);

/** Agrees with the row's title or name. */
const slug: Builder = (site) => {
  const tail = path({ ...site, tools: site.tools });
  return worded(site, { draw: tail, joint: '-' });
};

const fileName: Builder = (site) => {
  const tail = path(site);
  const ends = ['.pdf', '.jpg', '.png', '.docx', '.csv'];
  return worded(site, { draw: tail, joint: '-', ending: (draws) => draws.pick(ends) });
};

const filePath: Builder = (site) => {
  const tail = path(site);
  return worded(site, { draw: (draws, row) => `/files/${tail(draws, row)}`, joint: '-' });
};

const mimeType: Builder = (site) =>
  oneOf(site, [
    'image/jpeg',
    'image/png',
    'application/pdf',
    'text/csv',
    'text/plain',
    'application/json',
    'video/mp4',
  ]);
const httpMethod: Builder = (site) => oneOf(site, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const version: Builder = (site) =>
  worded(site, { draw: (draws) => `${draws.below(5)}.${draws.below(20)}.${draws.below(10)}`, joint: '-build.' });

const locale: Builder = (site) => {
  const { most } = lengthsOf(site.tools.type, site.tools.domain);
  const { words, country } = site.tools.world;
  const own = String(words.metadata?.language ?? 'en');
  const codes = [
    `${own}-${country}`,
    own === 'en' ? 'es-ES' : 'en-US',
    'de-DE',
    'fr-FR',
    'pt-BR',
    'ja-JP',
    'it-IT',
    'nl-NL',
  ];
  const texts = (most ?? 5) < 5 ? codes.map((text) => text.slice(0, 2)) : codes;
  return worded(site, { draw: byWeight(texts, [70, 8, 5, 5, 4, 3, 3, 2]), list: textList(texts) });
};

const language: Builder = (site) => {
  const found = site.tools.world.words.location?.language;
  const names = Array.isArray(found) ? found.map(({ name }: { name: string }) => name) : [];
  const list = names.length > 0 ? names : wordList(site.tools.world.words, 'metadata', 'title');
  return list.length > 0 ? oneOf(site, list) : null;
};

export const WEB = {
  ...{ token, hash, uuid, externalId, url, image, domain, ip, mac, userAgent, slug, fileName, mimeType, httpMethod },
  ...{ path: filePath, version, locale, language },
} satisfies Readonly<Record<string, Builder>>;
