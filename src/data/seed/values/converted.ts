import type { Constant } from '../../../core/data/description.ts';
import { baseOf, type Type } from '../schema.ts';
import { isScalar, isText, MOMENTS, NUMBERS } from '../types.ts';
import { DAY, type Value } from '../value.ts';
import { decode } from './codec.ts';

const SPECIAL = /^(-?infinity|NaN|now|today|tomorrow|yesterday|epoch)$/i;

/** A constant as a value of a type; what it should be instead where it can't be one. */
export function converted(constant: Constant, type: Type): { readonly value: Value } | { readonly wanted: string } {
  const base = baseOf(type);
  if (constant === null) return { value: null };
  if (base.kind === 'enum') return ofEnum(String(constant), base.labels);
  if (isText(base)) return ofText(String(constant), base);
  if (isScalar(base, 'bool')) return ofBoolean(constant);
  if (isScalar(base, 'json', 'jsonb')) return { value: asJson(constant) };
  if (isScalar(base, ...NUMBERS)) return ofNumber(constant, base);
  if (isScalar(base, ...MOMENTS)) return ofMoment(constant, base);
  if (typeof constant === 'string') return { value: decode(base, constant) };
  return isScalar(base, 'interval', 'time', 'timetz') || typeof constant === 'boolean'
    ? { wanted: 'text as Postgres reads it' }
    : { value: String(constant) };
}

function ofEnum(text: string, labels: readonly string[]) {
  return labels.includes(text) ? { value: text } : { wanted: `one of ${labels.join(', ')}` };
}

function ofText(text: string, type: Type) {
  const length = type.kind === 'scalar' ? type.length : null;
  return length !== null && [...text].length > length
    ? { wanted: `text of at most ${length} characters` }
    : { value: text };
}

function ofBoolean(constant: string | number | boolean) {
  const text = String(constant).toLowerCase();
  if (['true', 't', 'yes', 'on', '1'].includes(text)) return { value: true };
  return ['false', 'f', 'no', 'off', '0'].includes(text) ? { value: false } : { wanted: 'true or false' };
}

function ofNumber(constant: string | number | boolean, type: Type) {
  if (typeof constant === 'number') return { value: constant };
  const value = typeof constant === 'string' && constant.trim() !== '' ? decode(type, constant) : null;
  const special = typeof constant === 'string' && SPECIAL.test(constant);
  const large = typeof constant === 'string' && /^-?\d+(\.\d+)?$/.test(constant);
  return typeof value === 'number' || special || large ? { value } : { wanted: 'a number' };
}

/** A moment in a column of days is its day. */
function ofMoment(constant: string | number | boolean, type: Type) {
  const value = typeof constant === 'string' ? decode(type, constant) : null;
  const special = typeof constant === 'string' && SPECIAL.test(constant);
  return typeof value === 'number' || special ? { value } : { wanted: 'a date in ISO 8601, such as 2026-01-31' };
}

function asJson(constant: Exclude<Constant, null>): string {
  if (typeof constant !== 'string') return String(constant);
  try {
    JSON.parse(constant);
    return constant;
  } catch {
    return JSON.stringify(constant);
  }
}

/** A moment in the unit of a type: days for `date`. */
export function inUnitOf(type: Type, milliseconds: number): number {
  return isScalar(type, 'date') ? Math.floor(milliseconds / DAY) : milliseconds;
}
