import type { Call } from '../../provider.ts';
import { ApiError, unsupported } from './errors.ts';

/** The first steps of all paths of Stripe's API, as its libraries have them: what is below them may exist there. */
const AT_STRIPE = new Set(
  (
    'account account_links account_sessions accounts apple_pay apps application_fees apps balance balance_settings ' +
    'balance_transactions billing billing_portal charges checkout climate confirmation_tokens country_specs coupons ' +
    'credit_notes customer_sessions customers disputes entitlements ephemeral_keys events exchange_rates file_links ' +
    'files financial_connections forwarding identity invoice_payments invoice_rendering_templates invoiceitems ' +
    'invoices issuing mandates payment_attempt_records payment_intents payment_links payment_method_configurations ' +
    'payment_method_domains payment_methods payment_records payouts plans prices product_catalog products ' +
    'promotion_codes quotes radar refunds reporting reviews setup_attempts setup_intents shipping_rates sigma sources ' +
    'subscription_items subscription_schedules subscriptions tax tax_codes tax_ids tax_rates terminal test_helpers ' +
    'tokens topups transfers treasury webhook_endpoints'
  ).split(' '),
);

/** There is nothing at this address: neither here nor, as far as its first step tells, at Stripe. */
export function unknownUrl({ method, path }: Call): ApiError {
  const [version, first = ''] = path.split('/').filter((step) => step !== '');
  if (version === 'v2' || (version === 'v1' && AT_STRIPE.has(first))) return unsupported(`${method} ${path}`);
  const message = `Unrecognized request URL (${method}: ${path}). Please see https://docs.stripe.com/api or check the path.`;
  return new ApiError(404, { type: 'invalid_request_error', message }, { unseen: true });
}
