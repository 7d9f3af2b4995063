import { invalid } from '../api/errors.ts';
import type { Request } from '../api/route.ts';

export interface FromAnybody extends Pick<Request, 'caller' | 'id' | 'tx'> {
  readonly params: { readonly client_secret?: string };
}

/** With the publishable key only what one was given the secret of; with the secret key all. */
export function checkSecret({ caller, params }: FromAnybody, secret: string | null): void {
  const given = params.client_secret;
  if (given === secret || (caller === 'secret' && given === undefined)) return;
  throw invalid(
    'The client_secret provided does not match the client_secret associated with this object.',
    'resource_missing',
    'client_secret',
  );
}
