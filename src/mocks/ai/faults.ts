import type { Harm } from '../parts.ts';
import { Refusal } from './refusal.ts';
import type { Fault } from './rules.ts';

/** Where nothing else is said, clients wait so long before they try again. */
export const RETRY_AFTER_S = 1;

/** A fault that is an answer of its own. */
export function refusalOf(fault: Exclude<Fault, Harm>): Refusal {
  if (fault.kind !== 'rate-limit') return new Refusal(fault.kind, '');
  return new Refusal(fault.kind, '', { retryAfterS: fault.retryAfterS ?? RETRY_AFTER_S });
}
