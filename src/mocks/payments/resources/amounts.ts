import { invalid } from '../api/errors.ts';

/** https://docs.stripe.com/currencies#zero-decimal */
const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '));

/** https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts, in the smallest unit. */
const SMALLEST: Readonly<Record<string, number>> = {
  ...{
    usd: 50,
    aed: 200,
    aud: 50,
    brl: 50,
    cad: 50,
    chf: 50,
    czk: 1500,
    dkk: 250,
    eur: 50,
    gbp: 30,
    hkd: 400,
    huf: 17500,
  },
  ...{ inr: 50, jpy: 50, mxn: 1000, myr: 200, nok: 300, nzd: 50, pln: 200, ron: 200, sek: 300, sgd: 50, thb: 1000 },
};
export const LARGEST = 99_999_999;

export function smallestAmount(currency: string): number {
  return SMALLEST[currency] ?? 1;
}

export function checkAmount(amount: number, currency: string): void {
  const smallest = smallestAmount(currency);
  if (amount < smallest) {
    throw invalid(`Amount must be at least ${money(smallest, currency)} ${currency}`, 'amount_too_small', 'amount');
  }
  if (amount > LARGEST) {
    throw invalid(`Amount must be no more than ${money(LARGEST, currency)} ${currency}`, 'amount_too_large', 'amount');
  }
}

/** `€12.00`, for a person; `€0.005` of what is less than the smallest unit. */
export function money(amount: number, currency: string): string {
  const digits = ZERO_DECIMAL.has(currency) ? 0 : 2;
  const format = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits + 4,
  });
  return format.format(amount / 10 ** digits);
}
