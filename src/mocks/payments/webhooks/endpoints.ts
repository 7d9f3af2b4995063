import { isIPv4 } from 'node:net';
import type { Stripe } from 'stripe';
import type { Transaction } from '../store/transaction.ts';
import type { Endpoint } from './delivery.ts';

/** The id of the endpoint that the configuration names: it is told everything, and isn't in the API's list. */
export const OWN_ENDPOINT = 'devenv';

/** Which endpoints get events of this type. */
export function endpointsFor(type: string, tx: Transaction, hasOwn: boolean): readonly string[] {
  const found = hasOwn ? [OWN_ENDPOINT] : [];
  for (const endpoint of [...tx.all('webhook_endpoint')].reverse()) {
    if (endpoint.status === 'enabled' && isAskedFor(type, endpoint)) found.push(endpoint.id);
  }
  return found;
}

function isAskedFor(type: string, { enabled_events }: Stripe.WebhookEndpoint): boolean {
  return enabled_events.includes('*') || enabled_events.includes(type);
}

/** A call of the API can name any address; only this machine's own are contacted. */
export function isLoopback({ url }: Pick<Endpoint, 'url'>): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    (isIPv4(hostname) && hostname.startsWith('127.'))
  );
}
