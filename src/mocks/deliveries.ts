import { maskKeys } from '../core/guard/find.ts';
import type { EventDelivery } from '../core/mocks.ts';
import type { Delivery } from './payments/webhooks/delivery.ts';
import type { WhichDeliveries } from './protocol.ts';

const USUALLY_LAST = 200;

/** Those that are asked for, as they are told outside: without the event itself, and without secrets. The oldest first. */
export function toldDeliveries(
  all: readonly Delivery[],
  { events, last = USUALLY_LAST }: WhichDeliveries,
): readonly EventDelivery[] {
  const wanted = events ? all.filter(({ event }) => events.includes(event.id)) : all.slice(-Math.max(1, last));
  return wanted.map(told);
}

export function countDeliveries(all: readonly Delivery[]): Record<EventDelivery['state'], number> {
  const counts = { pending: 0, delivered: 0, failed: 0, outside: 0 };
  for (const { state } of all) counts[state]++;
  return counts;
}

function told({ event, endpoint, state, attempts }: Delivery): EventDelivery {
  return {
    ...{ event: event.id, type: event.type, endpoint: endpoint.id, url: maskKeys(endpoint.url), state },
    attempts: attempts.map(({ at, status, reply, tookMs }) => ({
      ...{ at: new Date(at).toISOString(), status, reply: maskKeys(reply), ms: tookMs },
    })),
  };
}
