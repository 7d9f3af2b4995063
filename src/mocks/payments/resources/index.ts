import type { Resource } from '../api/route.ts';
import { customers } from './customers/index.ts';
import { events } from './events/index.ts';
import { webhookEndpoints } from './webhook-endpoints.ts';

/** Everything the mock knows of Stripe's API. */
export const RESOURCES: readonly Resource[] = [customers, events, webhookEndpoints];
