import type { Resource } from '../api/route.ts';
import { authenticatePages } from './authenticate-pages.ts';
import { balance } from './balance/index.ts';
import { BILLING } from './billing.ts';
import { charges } from './charges/index.ts';
import { checkout } from './checkout/index.ts';
import { customers } from './customers/index.ts';
import { events } from './events/index.ts';
import { paymentIntents } from './payment-intents/index.ts';
import { paymentMethods } from './payment-methods/index.ts';
import { refunds } from './refunds/index.ts';
import { search } from './search.ts';
import { setupIntents } from './setup-intents/index.ts';
import { shippingRates } from './shipping-rates/index.ts';
import { webhookEndpoints } from './webhook-endpoints.ts';

/** Everything the mock knows of Stripe's API. */
export const RESOURCES: readonly Resource[] = [
  customers,
  paymentMethods,
  paymentIntents,
  charges,
  refunds,
  setupIntents,
  shippingRates,
  checkout,
  { routes: [], pages: authenticatePages },
  balance,
  ...BILLING,
  search,
  events,
  webhookEndpoints,
];
