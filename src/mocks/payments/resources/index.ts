import type { Resource } from '../api/route.ts';
import { coupons } from './coupons/index.ts';
import { customers } from './customers/index.ts';
import { events } from './events/index.ts';
import { prices } from './prices/index.ts';
import { products } from './products/index.ts';
import { promotionCodes } from './promotion-codes/index.ts';
import { webhookEndpoints } from './webhook-endpoints.ts';

/** Everything the mock knows of Stripe's API. */
export const RESOURCES: readonly Resource[] = [
  customers,
  products,
  prices,
  coupons,
  promotionCodes,
  events,
  webhookEndpoints,
];
