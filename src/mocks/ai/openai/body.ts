import type { Call } from '../../provider.ts';
import { Fields } from '../fields.ts';
import { isObject, parsed } from '../json.ts';
import { badRequest, Refusal } from '../refusal.ts';
import { complaints } from './errors.ts';

/** The body of a request; a parameter that the API doesn't know is refused as it does. */
export function bodyOf({ body }: Call, known: Readonly<Record<string, true>>): Fields {
  const value = parsed(body.toString('utf8'));
  if (!isObject(value)) {
    throw badRequest(
      'We could not parse the JSON body of your request. (HINT: This likely means you aren’t using your HTTP library ' +
        'correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)',
    );
  }
  for (const name in value) {
    if (known[name] !== true) throw badRequest(`Unknown parameter: '${name}'.`, name, 'unknown_parameter');
  }
  return new Fields(value, '', complaints);
}

export function modelOf(body: Fields): string {
  const model = body.string('model');
  if (!model) throw badRequest('you must provide a model parameter');
  return model;
}

/** Refuses parameters that the API has and the mock hasn't. */
export function unsupported(body: Fields, ...names: readonly string[]): void {
  for (const name of names) {
    const value = body.raw(name);
    if (value !== null && value !== false)
      throw new Refusal('unsupported', `the parameter ${name}`, { param: body.path(name) });
  }
}

/** Throws unless all values are texts. */
export function checkMetadata(body: Fields): void {
  const metadata = body.inner('metadata');
  for (const name of Object.keys(metadata?.object ?? {})) metadata?.string(name);
}
