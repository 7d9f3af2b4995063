import type { Call } from '../../provider.ts';
import { Refusal } from '../refusal.ts';

/** Any key but the minted one is refused. Of what was sent no more is repeated than its first characters. */
export function authorize({ headers }: Call, key: string): void {
  const sent = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (sent === key) return;
  if (sent === undefined) {
    throw new Refusal(
      'unauthorized',
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. " +
        'Authorization: Bearer YOUR_KEY).',
      { code: null },
    );
  }
  throw new Refusal(
    'unauthorized',
    `Incorrect API key provided: ${sent.slice(0, 3)}***. devenv's mock takes only the key that it gave the environment: see devenv env.`,
  );
}
