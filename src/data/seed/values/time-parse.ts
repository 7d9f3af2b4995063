import { DAY } from '../value.ts';
import { dayOf } from './time-text.ts';

const ISO =
  /^(\d{4,6})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?( BC)?$/;
const CLOCK = /^(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?$/;

/** Days since 1970; null for anything but a date, such as `infinity`. */
export function parseDate(text: string): number | null {
  const milliseconds = parseTimestamp(text);
  return milliseconds === null ? null : Math.floor(milliseconds / DAY);
}

/** Milliseconds since 1970, UTC where no zone is said; null for anything but a point of time. */
export function parseTimestamp(text: string): number | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [, year, month, day, hours = '0', minutes = '0', seconds = '0', , sign, zoneHours, zoneMinutes, zoneSeconds] =
    match;
  const civil = match[12] ? 1 - Number(year) : Number(year);
  const start = dayOf(civil, Number(month), Number(day)) * DAY;
  return start + clock(hours, minutes, seconds) - zone(sign, zoneHours, zoneMinutes, zoneSeconds);
}

/** Milliseconds since midnight, in UTC where a zone is said. */
export function parseTime(text: string): number | null {
  const match = CLOCK.exec(text);
  if (!match) return null;
  const [, hours = '0', minutes = '0', seconds = '0', , sign, zoneHours, zoneMinutes, zoneSeconds] = match;
  return clock(hours, minutes, seconds) - zone(sign, zoneHours, zoneMinutes, zoneSeconds);
}

const UNITS: Readonly<Record<string, number>> = {
  year: 360 * DAY,
  years: 360 * DAY,
  mon: 30 * DAY,
  mons: 30 * DAY,
  day: DAY,
  days: DAY,
};
const ISO_UNITS: Readonly<Record<string, number>> = { Y: 360 * DAY, M: 30 * DAY, W: 7 * DAY, D: DAY };
const ISO_CLOCK: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000 };

/** Milliseconds as Postgres compares intervals: a month has 30 days, a year twelve of them. */
export function parseInterval(text: string): number | null {
  if (text.startsWith('P')) return parseIsoInterval(text);
  let sum = 0;
  let rest = text;
  for (const [part, amount, unit] of text.matchAll(/([+-]?\d+) (years?|mons?|days?)\b/g)) {
    sum += Number(amount) * (UNITS[unit as string] ?? 0);
    rest = rest.replace(part, '');
  }
  const time = rest.trim();
  if (time === '') return text.trim() === '' ? null : sum;
  const match = /^([+-]?)(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(time);
  if (!match) return null;
  const [, sign, hours, minutes, seconds] = match;
  return sum + (sign === '-' ? -1 : 1) * clock(hours as string, minutes as string, seconds as string);
}

function parseIsoInterval(text: string): number | null {
  const match = /^P((?:[+-]?[\d.]+[YMWD])*)(?:T((?:[+-]?[\d.]+[HMS])+))?$/.exec(text);
  if (!match) return null;
  const sum = (part: string | undefined, units: Readonly<Record<string, number>>) =>
    [...(part ?? '').matchAll(/([+-]?[\d.]+)([A-Z])/g)].reduce(
      (total, [, amount, unit]) => total + Number(amount) * (units[unit as string] ?? 0),
      0,
    );
  return sum(match[1], ISO_UNITS) + sum(match[2], ISO_CLOCK);
}

function clock(hours: string, minutes: string, seconds: string): number {
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Math.round(Number(seconds) * 1_000_000) / 1000;
}

function zone(sign: string | undefined, hours = '0', minutes = '0', seconds = '0'): number {
  return (sign === '-' ? -1 : 1) * clock(hours, minutes, seconds);
}
