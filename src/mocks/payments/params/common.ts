import { badParameter } from '../api/errors.ts';
import { either, list, object } from './composed.ts';
import { type ParamKind, unsettable } from './kind.ts';
import { integer, text, timestamp } from './scalars.ts';

/** What was given: null unsets all of it, a value of '' unsets one key. */
export type MetadataParam = Readonly<Record<string, string>> | null;

/** https://docs.stripe.com/metadata: 50 keys of at most 40 characters, values of at most 500. */
export const metadata: ParamKind<MetadataParam> = {
  read(raw, name) {
    if (raw === '') return null;
    if (typeof raw !== 'object' || Array.isArray(raw)) throw badParameter('Invalid object', name);
    const entries = Object.entries(raw);
    for (const [key, value] of entries) checkEntry(key, value, name);
    return Object.fromEntries(entries) as Record<string, string>;
  },
};

function checkEntry(key: string, value: unknown, name: string): void {
  const param = `${name}[${key}]`;
  if (typeof value !== 'string') throw badParameter('Metadata values must be strings', param);
  if (/[[\]]/.test(key)) throw badParameter('Metadata keys cannot contain square brackets', param);
  if (key.length > 40) {
    throw badParameter(
      `Metadata keys can have up to 40 characters; you passed in ${key.length} characters: ${key}`,
      param,
    );
  }
  if (value.length > 500) {
    throw badParameter(
      `Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value.slice(0, 20)}...`,
      param,
    );
  }
}

/** Stripe's addresses have all their fields, null where nothing was given. */
export const address = object({
  city: unsettable(text()),
  country: unsettable(text()),
  line1: unsettable(text()),
  line2: unsettable(text()),
  postal_code: unsettable(text()),
  state: unsettable(text()),
});

export const shipping = object({
  address,
  name: text(),
  phone: unsettable(text()),
  carrier: unsettable(text()),
  tracking_number: unsettable(text()),
});

const range = object({ gt: timestamp, gte: timestamp, lt: timestamp, lte: timestamp });

/** `created=…` or `created[gte]=…`. */
export const created = either(timestamp, range);

/** What every list takes. */
export const pagination = {
  limit: integer({ min: 1, max: 100 }),
  starting_after: text(),
  ending_before: text(),
};

/** What every call takes. */
export const expand = list(text({ max: 500 }), { max: 50 });
