import { createHash } from 'node:crypto';
import { DECLINES, type Decline } from './declines.ts';

type Brand = 'amex' | 'diners' | 'discover' | 'jcb' | 'mastercard' | 'unionpay' | 'visa';

/** One of the cards of https://docs.stripe.com/testing, and what it does. */
export interface TestCard {
  readonly number: string;
  readonly brand: Brand;
  readonly funding: 'credit' | 'debit' | 'prepaid';
  readonly country: string;
  /** As in `pm_card_visa` and `tok_visa`. */
  readonly names: readonly string[];
  /** Why it can't be charged; null: it can. */
  readonly decline: Decline | null;
  /** A card that declines can't be saved either, save one. */
  readonly attaches: boolean;
  /** Off the session, which nobody can authenticate: `unless-set-up`. On it: all but `never`. */
  readonly authentication: 'never' | 'always' | 'unless-set-up' | 'on-session';
  readonly cvcCheck: 'pass' | 'fail';
  readonly risk: 'normal' | 'elevated' | 'highest';
}

const PLAIN: Omit<TestCard, 'number' | 'names'> = {
  brand: 'visa',
  funding: 'credit',
  country: 'US',
  decline: null,
  attaches: true,
  authentication: 'never',
  cvcCheck: 'pass',
  risk: 'normal',
};

function card(number: string, names: string, more: Partial<TestCard> = {}): TestCard {
  return { ...PLAIN, number, names: names.split(' '), ...more };
}

function declining(number: string, names: string, decline: Decline): TestCard {
  return card(number, names, { decline, attaches: false });
}

const BRANDS: readonly TestCard[] = [
  card('4242424242424242', 'visa us'),
  card('4000056655665556', 'visa_debit', { funding: 'debit' }),
  card('5555555555554444', 'mastercard', { brand: 'mastercard' }),
  card('2223003122003222', 'mastercard_2series', { brand: 'mastercard' }),
  card('5200828282828210', 'mastercard_debit', { brand: 'mastercard', funding: 'debit' }),
  card('5105105105105100', 'mastercard_prepaid', { brand: 'mastercard', funding: 'prepaid' }),
  card('378282246310005', 'amex amex_threeDSecureNotSupported', { brand: 'amex' }),
  card('371449635398431', 'amex_2', { brand: 'amex' }),
  card('6011111111111117', 'discover', { brand: 'discover' }),
  card('6011981111111113', 'discover_debit', { brand: 'discover', funding: 'debit' }),
  card('3056930009020004', 'diners', { brand: 'diners' }),
  card('36227206271667', 'diners_14digits', { brand: 'diners' }),
  card('3566002020360505', 'jcb', { brand: 'jcb' }),
  card('6200000000000005', 'unionpay', { brand: 'unionpay' }),
];

const COUNTRIES: readonly TestCard[] = (
  [
    ['4000000320000021', 'AR'],
    ['4000000760000002', 'BR'],
    ['4000001240000000', 'CA'],
    ['4000004840008001', 'MX'],
    ['4000000400000008', 'AT'],
    ['4000000560000004', 'BE'],
    ['4000002080000001', 'DK'],
    ['4000002500000003', 'FR'],
    ['4000002760000016', 'DE'],
    ['4000003720000005', 'IE'],
    ['4000003800000008', 'IT'],
    ['4000005280000002', 'NL'],
    ['4000006160000005', 'PL'],
    ['4000007240000007', 'ES'],
    ['4000007520000008', 'SE'],
    ['4000007560000009', 'CH'],
    ['4000008260000000', 'GB'],
    ['4000000360000006', 'AU'],
    ['4000003560000008', 'IN'],
    ['4000003920000003', 'JP'],
    ['4000005540000008', 'NZ'],
    ['4000007020000003', 'SG'],
  ] as const
).map(([number, country]) => card(number, country.toLowerCase(), { country }));

const DECLINED: readonly TestCard[] = [
  declining('4000000000000002', 'chargeDeclined visa_chargeDeclined', DECLINES.generic),
  declining(
    '4000000000009995',
    'chargeDeclinedInsufficientFunds visa_chargeDeclinedInsufficientFunds',
    DECLINES.insufficientFunds,
  ),
  declining('4000000000009987', 'chargeDeclinedLostCard visa_chargeDeclinedLostCard', DECLINES.lost),
  declining('4000000000009979', 'chargeDeclinedStolenCard visa_chargeDeclinedStolenCard', DECLINES.stolen),
  declining('4000000000000069', 'chargeDeclinedExpiredCard', DECLINES.expired),
  declining('4000000000000127', 'chargeDeclinedIncorrectCvc', DECLINES.incorrectCvc),
  declining('4000000000000119', 'chargeDeclinedProcessingError', DECLINES.processingError),
  declining(
    '4000000000006975',
    'chargeDeclinedVelocityLimitExceeded visa_chargeDeclinedVelocityLimitExceeded',
    DECLINES.velocity,
  ),
  card('4000000000000341', 'chargeCustomerFail visa_chargeCustomerFail', { decline: DECLINES.generic }),
  card('4100000000000019', 'radarBlock chargeDeclinedFraudulent', { decline: DECLINES.fraudulent, risk: 'highest' }),
  card('4000000000004954', 'riskLevelHighest', { risk: 'highest' }),
  card('4000000000009235', 'riskLevelElevated', { risk: 'elevated' }),
  card('4000000000000101', 'cvcCheckFail', { cvcCheck: 'fail' }),
];

const AUTHENTICATED: readonly TestCard[] = [
  card('4000002500003155', 'authenticationRequiredOnSetup', { authentication: 'unless-set-up' }),
  card('4000002760003184', 'authenticationRequired', { authentication: 'always' }),
  card('4000003800000446', 'authenticationRequiredSetupForOffSession', { authentication: 'on-session' }),
  card('4000008260003178', 'authenticationRequiredChargeDeclinedInsufficientFunds', {
    authentication: 'unless-set-up',
    decline: DECLINES.insufficientFunds,
  }),
  card('4000000000003220', 'threeDSecure2Required', { authentication: 'always' }),
  card('4000000000003063', 'threeDSecureRequired', { authentication: 'always' }),
  card('4000008400001629', 'threeDSecureRequiredChargeDeclined', {
    authentication: 'always',
    decline: DECLINES.generic,
  }),
  card('4000000000003055', 'threeDSecureOptional'),
];

const ALL = [...BRANDS, ...COUNTRIES, ...DECLINED, ...AUTHENTICATED];
const BY_NUMBER = new Map(ALL.map((one) => [one.number, one]));
const BY_NAME = new Map(ALL.flatMap((one) => one.names.map((name) => [name, one])));
const BY_FINGERPRINT = new Map(ALL.map((one) => [fingerprintOf(one.number), one]));

export function testCard(number: string): TestCard | undefined {
  return BY_NUMBER.get(number);
}

/** `pm_card_visa` and `tok_visa`; undefined for what is no test card's name. */
export function namedCard(name: string): TestCard | undefined {
  const [, short] = /^(?:pm_card_|tok_)(.+)$/.exec(name) ?? [];
  return short === undefined ? undefined : BY_NAME.get(short);
}

/** The card of a payment method: Stripe shows the same fingerprint wherever the same number is. */
export function cardOf(fingerprint: string | null | undefined): TestCard {
  return BY_FINGERPRINT.get(fingerprint ?? '') as TestCard;
}

export function fingerprintOf(number: string): string {
  return createHash('sha256').update(`devenv ${number}`).digest('base64').replaceAll(/[+/=]/g, '').slice(0, 16);
}
