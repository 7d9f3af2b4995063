import type { Emit } from '../../core/events.ts';
import type { PassedOn, Stack } from '../../core/stack.ts';
import { RECORDINGS } from './folder.ts';

/** What isn't mocked costs money, or waits for something that can't come: nobody is to find that out by himself. */
export function tellPassedOn({ mocks }: Stack, emit: Emit): void {
  for (const one of mocks?.passedOn ?? []) {
    emit({ type: 'notice', level: 'info', message: wordsOf(one) });
    if (one.provider === 'stripe') emit({ type: 'notice', level: 'info', message: NO_WEBHOOKS });
  }
}

const NO_WEBHOOKS =
  'Stripe can’t reach this machine: its events come by `stripe listen --forward-to ADDRESS`, which prints the STRIPE_WEBHOOK_SECRET to use. That and STRIPE_PUBLISHABLE_KEY are your own, in .env.local';

function wordsOf({ provider, mode }: PassedOn): string {
  if (mode === 'sandbox') return `Calls to ${provider} are passed on to its test mode`;
  const cost = provider === 'stripe' ? 'to its test mode' : 'with your key, and cost what they cost';
  return `Calls to ${provider} are passed on ${cost}; what it answers is kept in ${RECORDINGS}/${provider}`;
}
