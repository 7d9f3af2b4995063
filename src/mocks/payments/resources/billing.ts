import type { Resource } from '../api/route.ts';
import { billingPortal } from './billing-portal/index.ts';
import { coupons } from './coupons/index.ts';
import { invoiceItems } from './invoice-items/index.ts';
import { invoicePayments } from './invoice-payments.ts';
import { invoicePreviews } from './invoice-previews/index.ts';
import { invoices } from './invoices/index.ts';
import { prices } from './prices/index.ts';
import { products } from './products/index.ts';
import { promotionCodes } from './promotion-codes/index.ts';
import { subscriptionItems } from './subscription-items.ts';
import { subscriptions } from './subscriptions/index.ts';
import { testClocks } from './test-clocks/index.ts';

/** What is sold, and what is paid again and again. */
export const BILLING: readonly Resource[] = [
  products,
  prices,
  coupons,
  promotionCodes,
  invoices,
  invoiceItems,
  invoicePayments,
  invoicePreviews,
  subscriptions,
  subscriptionItems,
  billingPortal,
  testClocks,
];
