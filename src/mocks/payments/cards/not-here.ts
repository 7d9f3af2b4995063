import { unsupported } from '../api/errors.ts';

/** Test cards of https://docs.stripe.com/testing whose doings the mock doesn't have, by what they would do. */
const NUMBERS: Readonly<Record<string, string>> = {
  '4000000000000259': 'disputes',
  '4000000000002685': 'disputes',
  '4000000000001976': 'disputes',
  '4000000404000079': 'disputes',
  '4000000404000038': 'disputes',
  '4000000000005423': 'early fraud warnings',
  '4000000000007726': 'refunds that succeed later',
  '4000000000005126': 'refunds that fail later',
  '4000000000000077': 'charges whose money is available at once',
  '4000000000003720': 'charges whose money is available at once',
  '4000000000000010': 'checks of addresses',
  '4000000000000028': 'checks of addresses',
  '4000000000000036': 'checks of addresses',
  '4000008400001280': 'errors of 3-D Secure',
  '4000000000003097': 'errors of 3-D Secure',
};

const NAMES: Readonly<Record<string, string>> = {
  createDispute: 'disputes',
  createDisputeProductNotReceived: 'disputes',
  createDisputeInquiry: 'disputes',
  createIssuerFraudRecord: 'early fraud warnings',
  pendingRefund: 'refunds that succeed later',
  refundFail: 'refunds that fail later',
  bypassPending: 'charges whose money is available at once',
  avsFail: 'checks of addresses',
  avsLine1Fail: 'checks of addresses',
  avsZipFail: 'checks of addresses',
  threeDSecureRequiredProcessingError: 'errors of 3-D Secure',
};

/** Fails for those: charged as if they were plain cards, they would seem to have been tested. */
export function refuseNotHere(numberOrName: string, param: string): void {
  const what = NUMBERS[numberOrName] ?? NAMES[numberOrName.replace(/^(?:pm_card_|tok_)/, '')];
  if (what !== undefined) throw unsupported(`what this test card is for, ${what}`, param);
}
