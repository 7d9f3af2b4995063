import { firstHalf, later } from '../parts.ts';
import type { Answer } from '../provider.ts';
import { Refusal } from './refusal.ts';
import type { Fault } from './rules.ts';

/** A fault that is an answer of its own; null for one that happens to the answer. */
export function refusalOf(fault: Fault): Refusal | null {
  switch (fault.kind) {
    case 'rate-limit':
      return new Refusal('rate-limit', '', { retryAfterS: fault.retryAfterS ?? 1 });
    case 'server-error':
    case 'overloaded':
      return new Refusal(fault.kind, '');
    case 'slow':
    case 'cut':
      return null;
  }
}

/** What a fault makes of an answer. */
export function afflicted(answer: Answer, fault: Fault): Answer {
  if (fault.kind === 'slow') return { ...answer, parts: later(answer.parts, fault.ms) };
  return fault.kind === 'cut' ? { ...answer, parts: firstHalf(answer.parts), cut: true } : answer;
}
