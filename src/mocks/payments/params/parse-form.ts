import qs from 'qs';
import { badParameter } from '../api/errors.ts';

/** A parameter as it came: form encoding knows only text. */
export type Raw = string | readonly Raw[] | { readonly [name: string]: Raw };
export type RawParams = { readonly [name: string]: Raw };

/** `card[number]=4242&expand[]=customer` and all else that Stripe's libraries send. */
export function parseForm(text: string): RawParams {
  if (text === '') return {};
  try {
    return qs.parse(text, {
      depth: 12,
      strictDepth: true,
      arrayLimit: 1000,
      parameterLimit: 10_000,
      throwOnLimitExceeded: true,
      plainObjects: true,
      // `a=1&a=2`: the last one counts, as at Stripe.
      duplicates: 'last',
    }) as RawParams;
  } catch (error) {
    if (error instanceof RangeError) throw badParameter(`Invalid request: ${error.message}`, '');
    throw error;
  }
}
