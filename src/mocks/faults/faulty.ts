import type { FaultKind, ProviderName } from '../../core/mocks.ts';
import { firstHalf, later } from '../parts.ts';
import type { Answer, Call } from '../provider.ts';
import { refusal } from './refusals.ts';

/** Long enough to be seen, and shorter than what clients wait. */
const SLOW_MS = 5_000;

/** What the log says decided such an answer. */
export const RULE = 'fail next';

/**
 * A call meets a fault. What refuses it comes before anything is done; one that is cut off or late was done, and its
 * caller can't know. `request` is the id of the answer.
 */
export async function faulty(kind: FaultKind, { provider, call, request, answer }: FaultyCall): Promise<Answer> {
  const isRefused = kind === '429' || kind === '500';
  const hit = isRefused ? refusal(provider, kind === '429' ? 429 : 500, call, request) : await answer();
  const told = { ...hit.told, rule: RULE };
  if (kind === 'slow') return { ...hit, told, parts: later(hit.parts, SLOW_MS) };
  return kind === 'cut' ? { ...hit, told, parts: firstHalf(hit.parts), cut: true } : { ...hit, told };
}

export interface FaultyCall {
  readonly provider: ProviderName;
  readonly call: Call;
  readonly request: string;
  readonly answer: () => Answer | Promise<Answer>;
}
