import type { DeliveryAttempt, EventDelivery, LoggedCall, MocksState, WaitingFault } from '../core/mocks.ts';
import { moneyText } from './money.ts';

/** Neither a mock has answered then, nor a rule of the configuration. */
const RELAYED: ReadonlySet<string> = new Set(['recorded', 'replayed', 'passed on']);

/** What is special about a call, each in a few words. */
export function marksOf({
  rule,
  unsupported,
  cut,
}: Pick<LoggedCall, 'rule' | 'unsupported' | 'cut'>): readonly string[] {
  return [
    ...(rule ? [RELAYED.has(rule) ? rule : `by ${rule}`] : []),
    ...(unsupported ? ['not mocked'] : []),
    ...(cut ? ['cut'] : []),
  ];
}

/** `12.00 USD, 1,200 JPY`. */
export function moneyTexts({ money }: MocksState['totals']): string {
  const amounts = Object.entries(money).map(([currency, amount]) => moneyText(amount, currency));
  return amounts.join(', ') || 'none';
}

/** `the next 2 calls of stripe: 429`. */
export function faultText({ provider, kind, times }: WaitingFault): string {
  const calls = times === 1 ? 'the next call' : `the next ${times} calls`;
  return `${calls}${provider === null ? '' : ` of ${provider}`}: ${kind}`;
}

/** `1,200 of 3,000 tokens`; what goes beyond is refused. */
export function budgetText({ tokens, used }: NonNullable<MocksState['budget']>): string {
  const words = `${used.toLocaleString('en')} of ${tokens.toLocaleString('en')} tokens`;
  return used >= tokens ? `${words}: calls are refused` : words;
}

/** `1 pending, 3 delivered`; empty where there are none. */
export function deliveriesText({ deliveries }: Pick<MocksState, 'deliveries'>): string {
  const counted = Object.entries(deliveries).filter(([, count]) => count > 0);
  return counted.map(([state, count]) => `${count} ${state}`).join(', ');
}

/** `200 in 12 ms`, `no reply after 3 ms`. */
export function attemptText({ status, ms }: DeliveryAttempt): string {
  return status === null ? `no reply after ${ms} ms` : `${status} in ${ms} ms`;
}

/** What became of it: `delivered`, `pending, 3 attempts`. */
export function deliveryText({ state, attempts }: EventDelivery): string {
  if (state === 'outside') return 'not sent: its address is not on this machine';
  return attempts.length > 1 ? `${state}, ${attempts.length} attempts` : state;
}
