import { unsupported } from '../../api/errors.ts';
import { metadata } from '../../params/common.ts';
import { list, notHereYet, object } from '../../params/composed.ts';
import { type ParamKind, required, unsettable } from '../../params/kind.ts';
import { flag, oneOf, text, url } from '../../params/scalars.ts';
import { feedback, prorationBehavior } from '../subscriptions/params.ts';

export const sessionParams = {
  configuration: text(),
  customer: text(),
  locale: text(),
  return_url: url,
  ...notHereYet('after_expiration', 'customer_account', 'flow_data', 'on_behalf_of'),
};

/** What the mock's page doesn't have can be left away, as most do. */
const leftAway: ParamKind<{ readonly enabled: false }> = {
  read(raw, name) {
    const { enabled } = object({ enabled: flag, duration: object({ type: oneOf('indefinite') }) }).read(raw, name);
    if (!enabled) return { enabled: false };
    throw unsupported(`the parameter ${name}[enabled]=true`, name);
  },
};

const features = {
  customer_update: object({
    allowed_updates: unsettable(list(oneOf('address', 'email', 'name', 'phone', 'shipping', 'tax_id'))),
    enabled: flag,
  }),
  invoice_history: object({ enabled: required(flag) }),
  payment_method_update: object({ enabled: required(flag), ...notHereYet('payment_method_configuration') }),
  subscription_cancel: object({
    cancellation_reason: object({
      enabled: required(flag),
      options: unsettable(list(feedback)),
      ...notHereYet('feedback_options'),
    }),
    enabled: flag,
    mode: oneOf('at_period_end', 'immediately'),
    proration_behavior: prorationBehavior,
  }),
  subscription_pause: leftAway,
  subscription_update: object({
    billing_cycle_anchor: oneOf('now', 'unchanged'),
    default_allowed_updates: unsettable(list(oneOf('price', 'promotion_code', 'quantity'))),
    enabled: flag,
    products: unsettable(
      list(object({ prices: required(list(text())), product: required(text()), ...notHereYet('adjustable_quantity') })),
    ),
    proration_behavior: prorationBehavior,
    trial_update_behavior: oneOf('continue_trial', 'end_trial'),
    ...notHereYet('schedule_at_period_end'),
  }),
};

const shared = {
  business_profile: object({
    headline: unsettable(text({ max: 60 })),
    privacy_policy_url: unsettable(url),
    terms_of_service_url: unsettable(url),
  }),
  default_return_url: unsettable(url),
  login_page: leftAway,
  metadata,
  name: unsettable(text()),
};

export const createParams = { ...shared, features: required(object(features)) };
export const updateParams = { ...shared, active: flag, features: object(features) };
export const listParams = { active: flag, is_default: flag };
