import { jsonIn } from './recording/json-in.ts';

/** Whether an answer of Stripe's is about real money: each of its objects says so. */
export function liveModeIn(body: Buffer): boolean {
  if (!body.includes('livemode')) return false;
  return saysLive(jsonIn(body.toString('utf8')));
}

function saysLive(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => (name === 'livemode' && inner === true) || saysLive(inner));
}
