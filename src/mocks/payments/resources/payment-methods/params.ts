import { badParameter, unsupported } from '../../api/errors.ts';
import { address, metadata } from '../../params/common.ts';
import { list, notHereYet, object } from '../../params/composed.ts';
import { type ParamKind, required, unsettable } from '../../params/kind.ts';
import { email, integer, oneOf, text } from '../../params/scalars.ts';

/** All other methods that Stripe has. */
const OTHER_TYPES = (
  'acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact billie bizum blik ' +
  'boleto cashapp crypto custom customer_balance eps fpx giropay grabpay ideal kakao_pay klarna konbini kr_card link ' +
  'mb_way mobilepay multibanco naver_pay nz_bank_account oxxo p24 pay_by_bank payco paynow paypal paypay payto pix ' +
  'promptpay revolut_pay samsung_pay satispay scalapay sepa_debit sequra sofort sunbit swish twint upi us_bank_account ' +
  'wechat_pay wero zip'
).split(' ');

/** Cards are all that the mock pays with. */
export const methodType: ParamKind<'card'> = {
  read(raw, name) {
    if (raw === 'card') return raw;
    if (OTHER_TYPES.includes(String(raw))) throw unsupported(`payment methods of type ${String(raw)}`, name);
    throw badParameter(
      `Invalid ${name}: must be card, or another type of https://docs.stripe.com/api/payment_methods`,
      name,
    );
  },
};

export const methodTypes = list(methodType);

export const billingDetails = object({
  address: unsettable(address),
  email: unsettable(email),
  name: unsettable(text()),
  phone: unsettable(text()),
  tax_id: text(),
});

const networks = object({ preferred: oneOf('cartes_bancaires', 'mastercard', 'visa') });

const card = object({
  number: text(),
  exp_month: integer(),
  exp_year: integer(),
  cvc: text({ max: 4 }),
  token: text(),
  networks,
});

const allowRedisplay = oneOf('always', 'limited', 'unspecified');

/** What makes a payment method, also within the parameters of an intent. */
const data = {
  type: required(methodType),
  allow_redisplay: allowRedisplay,
  billing_details: billingDetails,
  metadata,
  card,
  ...notHereYet('radar_options', ...OTHER_TYPES),
};

export const methodData = object(data);
export const createParams = { ...data, ...notHereYet('customer', 'payment_method') };
export const updateParams = {
  allow_redisplay: allowRedisplay,
  billing_details: billingDetails,
  card: object({ exp_month: integer(), exp_year: integer(), networks }),
  metadata,
  ...notHereYet('us_bank_account'),
};
