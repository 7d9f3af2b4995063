import { DAY } from '../value.ts';

/** Dates and times as Postgres reads them in any DateStyle and prints them in ISO, and as the numbers that Value has. */

const TWO = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
/** Days that were formatted already; dates of one column are seldom more than some thousand. */
const days = new Map<number, string>();

/** `2026-01-31`, with ` BC` behind it where the year asks for it, from days since 1970. */
export function formatDate(day: number): string {
  return `${datePart(day)}${isBefore(day) ? ' BC' : ''}`;
}

/** `2026-01-31 12:34:56.789`, from milliseconds since 1970; `zone` is put behind the time. */
export function formatTimestamp(milliseconds: number, zone = ''): string {
  const day = Math.floor(milliseconds / DAY);
  const text = `${datePart(day)} ${formatTime(milliseconds - day * DAY)}${zone}`;
  return isBefore(day) ? `${text} BC` : text;
}

/** `12:34:56.789`, from milliseconds since midnight; parts of a millisecond are kept down to the microsecond. */
export function formatTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const text = `${TWO[hours]}:${TWO[minutes - hours * 60]}:${TWO[seconds - minutes * 60]}`;
  const rest = milliseconds - seconds * 1000;
  return rest === 0 ? text : text + fraction(rest);
}

/** `3 days 04:05:06`, as Postgres prints it, from milliseconds; a day has 24 hours. */
export function formatInterval(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  const sign = milliseconds < 0 ? '-' : '';
  const whole = Math.floor(size / DAY);
  const rest = size - whole * DAY;
  const days = whole === 0 ? '' : `${sign}${whole} ${whole === 1 && sign === '' ? 'day' : 'days'}`;
  if (rest === 0 && days !== '') return days;
  return `${days}${days === '' ? '' : ' '}${sign}${formatTime(rest)}`;
}

/** Days since 1970 of a day in the Gregorian calendar, after Howard Hinnant's days_from_civil; 0 is the year 1 BC. */
export function dayOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** The inverse of `dayOf`, after Hinnant's civil_from_days. */
export function civilOf(day: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}

function datePart(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  const { year, month, day: ofMonth } = civilOf(day);
  const text = `${String(year > 0 ? year : 1 - year).padStart(4, '0')}-${TWO[month]}-${TWO[ofMonth]}`;
  if (days.size < 50_000) days.set(day, text);
  return text;
}

/** Before the year 1. */
function isBefore(day: number): boolean {
  return day < -719_162;
}

/** `.789` or `.789123`, from less than 1000 milliseconds. */
function fraction(milliseconds: number): string {
  const microseconds = Math.min(999_999, Math.round(milliseconds * 1000));
  return microseconds === 0 ? '' : `.${String(microseconds).padStart(6, '0').replace(/0+$/, '')}`;
}
