import type { Call } from '../../provider.ts';
import { badRequest, Refusal } from '../refusal.ts';

/** The key comes in `x-api-key`, or as a bearer token. */
export function authorize({ headers }: Call, key: string): void {
  const sent = headers['x-api-key'] ?? /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (sent === undefined) throw new Refusal('unauthorized', 'x-api-key header is required');
  if (sent !== key) throw new Refusal('unauthorized', 'invalid x-api-key');
  if (!headers['anthropic-version']) throw badRequest('anthropic-version: header is required');
}
