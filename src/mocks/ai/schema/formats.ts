import type { Draws } from '../../../lib/draws.ts';
import type { Day } from '../facts/dates.ts';
import type { Material } from './material.ts';
import { taken } from './ranked.ts';
import type { Wanted } from './wanted.ts';

/** 2025: values of the past, whatever the clock of the environment. */
const START_MS = Date.UTC(2025, 0, 1);
const DAY_MS = 86_400_000;

type Make = (material: Material) => string;

/** The formats of JSON Schema ("Validation", 7.3). */
const FORMATS: ReadonlyMap<string, Make> = new Map<string, Make>(
  Object.entries<Make>({
    date: ({ draws }) => moment(draws).slice(0, 10),
    'date-time': ({ draws }) => moment(draws),
    'iso-date-time': ({ draws }) => moment(draws),
    time: ({ draws }) => moment(draws).slice(11),
    'iso-time': ({ draws }) => moment(draws).slice(11),
    duration: ({ draws }) => `PT${draws.between(1, 48)}H`,
    email: (material) => `${slug(material)}@example.com`,
    'idn-email': (material) => `${slug(material)}@example.com`,
    hostname: (material) => `${slug(material)}.example.com`,
    'idn-hostname': (material) => `${slug(material)}.example.com`,
    ipv4: ({ draws }) => `192.0.2.${draws.between(1, 254)}`,
    ipv6: ({ draws }) => `2001:db8::${draws.between(1, 0xffff).toString(16)}`,
    uri: webAddress,
    url: webAddress,
    iri: webAddress,
    'uri-reference': (material) => `/${slug(material)}`,
    'iri-reference': (material) => `/${slug(material)}`,
    'uri-template': (material) => `/${slug(material)}/{id}`,
    uuid: ({ draws }) => uuid(draws),
    'json-pointer': (material) => `/${slug(material)}`,
    'relative-json-pointer': () => '0',
    regex: () => '^[a-z]+$',
    byte: ({ draws }) => Buffer.from(uuid(draws)).toString('base64'),
  }),
);

/** What the conversation says in a format, as the format has it. */
export function saidInFormat(format: string, material: Material, wanted: Wanted): string | null {
  const { facts, used, draws } = material;
  switch (format) {
    case 'date': {
      const day = taken(facts.days, wanted, used);
      return day ? dayOf(day.value, draws) : null;
    }
    case 'date-time': {
      const day = taken(facts.days, wanted, used);
      const time = taken(facts.times, wanted, used);
      if (!day && !time) return null;
      const date = day ? dayOf(day.value, draws) : moment(draws).slice(0, 10);
      return time ? `${date}T${time.value}:00Z` : `${date}T00:00:00Z`;
    }
    case 'time': {
      const time = taken(facts.times, wanted, used);
      return time ? `${time.value}:00Z` : null;
    }
    case 'email':
      return taken(facts.mails, wanted, used)?.value ?? null;
    case 'uri':
    case 'url':
      return taken(facts.urls, wanted, used)?.value ?? null;
    default:
      return null;
  }
}

/** Of a day of the week, one in the year that is drawn from. */
function dayOf({ iso, weekday }: Day, draws: Draws): string {
  const drawn = moment(draws).slice(0, 10);
  if (iso !== null) return iso;
  const ms = Date.parse(drawn);
  const ahead = weekday === null ? 0 : (weekday - new Date(ms).getUTCDay() + 7) % 7;
  return new Date(ms + ahead * DAY_MS).toISOString().slice(0, 10);
}

export function ofFormat(format: string, material: Material): string | null {
  return FORMATS.get(format)?.(material) ?? null;
}

export function slug({ keywords, draws }: Material): string {
  const words = keywords.filter((word) => /^[a-z][a-z0-9]*$/.test(word)).slice(0, 2);
  return words.length > 0 ? words.join('-').slice(0, 40) : `item-${draws.between(1, 999)}`;
}

export function webAddress(material: Material): string {
  return `https://example.com/${slug(material)}`;
}

function moment(draws: Draws): string {
  const ms = START_MS + draws.between(0, 364) * DAY_MS + draws.between(0, 86_399) * 1000;
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** Of version 4. */
function uuid(draws: Draws): string {
  const hex = Array.from({ length: 4 }, () => draws.uint32().toString(16).padStart(8, '0')).join('');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
