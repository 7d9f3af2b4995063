import type { Call } from '../../provider.ts';
import { Fields } from '../fields.ts';
import { isObject, parsed } from '../json.ts';
import { badRequest, Refusal } from '../refusal.ts';
import { complaints } from './errors.ts';

export function bodyOf({ body }: Call, known: Readonly<Record<string, true>>): Fields {
  const value = parsed(body.toString('utf8'));
  if (!isObject(value)) throw badRequest('The request body is not valid JSON: expected an object');
  for (const name in value) {
    if (known[name] !== true) throw badRequest(`${name}: Extra inputs are not permitted`, name);
  }
  return new Fields(value, '', complaints);
}

export function unsupported(body: Fields, ...names: readonly string[]): void {
  for (const name of names) {
    if (body.raw(name) !== null) throw new Refusal('unsupported', `the parameter ${body.path(name)}`);
  }
}
