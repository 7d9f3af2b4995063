import { badParameter } from '../api/errors.ts';
import type { ParamKind } from './kind.ts';
import type { Raw } from './parse-form.ts';

export function text(limits: { readonly max?: number } = {}): ParamKind<string> {
  const { max = 5000 } = limits;
  return {
    read(raw, name) {
      const value = filled(raw, name, 'string');
      if (value.length <= max) return value;
      const shown = `${value.slice(0, 8)}...${value.slice(-8)}`;
      throw badParameter(
        `Invalid string: ${shown}; must be at most ${max} characters`,
        name,
        'parameter_invalid_string_length',
      );
    },
  };
}

export function integer(limits: { readonly min?: number; readonly max?: number } = {}): ParamKind<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = limits;
  return {
    read(raw, name) {
      const value = filled(raw, name, 'integer');
      if (!/^[+-]?\d{1,15}$/.test(value)) {
        throw badParameter(`Invalid integer: ${value}`, name, 'parameter_invalid_integer');
      }
      const number = Number(value);
      if (number < min) {
        throw badParameter(`This value must be greater than or equal to ${min}.`, name, 'parameter_invalid_integer');
      }
      if (number > max) {
        throw badParameter(`This value must be less than or equal to ${max}.`, name, 'parameter_invalid_integer');
      }
      return number;
    },
  };
}

/** A number with a fraction, as text: `10.5`. */
export const decimal: ParamKind<string> = {
  read(raw, name) {
    const value = filled(raw, name, 'decimal');
    if (/^-?\d{1,15}(?:\.\d{1,12})?$/.test(value)) return value;
    throw badParameter(`Invalid decimal: ${value}; must contain at maximum twelve decimal places.`, name);
  },
};

export const flag: ParamKind<boolean> = {
  read(raw, name) {
    const value = filled(raw, name, 'boolean');
    if (value === 'true' || value === '1') return true;
    if (value === 'false' || value === '0') return false;
    throw badParameter(`Invalid boolean: ${value}`, name);
  },
};

/** Seconds since 1970. */
export const timestamp: ParamKind<number> = {
  read(raw, name) {
    const value = filled(raw, name, 'timestamp');
    if (/^\d{1,12}$/.test(value)) return Number(value);
    throw badParameter(`Invalid timestamp: ${value}; must be an integer Unix timestamp`, name);
  },
};

export function oneOf<const T extends string>(...values: readonly T[]): ParamKind<T> {
  return {
    read(raw, name) {
      const value = filled(raw, name, 'string');
      if ((values as readonly string[]).includes(value)) return value as T;
      const last = values.at(-1);
      const all = values.length > 1 ? `${values.slice(0, -1).join(', ')} or ${last}` : last;
      throw badParameter(`Invalid ${name}: must be one of ${all}`, name);
    },
  };
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));

/** ISO 4217, in lower case. */
export const currency: ParamKind<string> = {
  read(raw, name) {
    const value = filled(raw, name, 'currency').toLowerCase();
    if (CURRENCIES.has(value)) return value;
    throw badParameter(`Invalid currency: ${value}. It must be a three-letter ISO code, in lower case.`, name);
  },
};

export const email: ParamKind<string> = {
  read(raw, name) {
    const value = text({ max: 512 }).read(raw, name);
    if (isEmail(value)) return value;
    throw badParameter(`Invalid email address: ${value}`, name, 'email_invalid');
  },
};

/** No more than that it looks like one. */
export function isEmail(text: string): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(text);
}

/** Http or https. */
export const url: ParamKind<string> = {
  read(raw, name) {
    const value = filled(raw, name, 'URL');
    // A template such as {CHECKOUT_SESSION_ID} is no mistake.
    if (/^https?:\/\/./i.test(value) && URL.canParse(value.replaceAll(/[{}]/g, '_'))) return value;
    throw badParameter('Not a valid URL', name, 'url_invalid');
  },
};

/** Text, and not the empty one, which would unset what can't be unset. */
function filled(raw: Raw, name: string, what: string): string {
  if (typeof raw !== 'string') throw badParameter(`Invalid ${what}: ${JSON.stringify(raw)}`, name);
  if (raw !== '') return raw;
  const last = name.replace(/^.*\[(.*)\]$/, '$1');
  throw badParameter(
    `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${last}' ` +
      `cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`,
    name,
    'parameter_invalid_empty',
  );
}
