import type { FaultKind, ProviderName } from '../../core/mocks.ts';
import { harmed } from '../parts.ts';
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
export async function faulty(kind: FaultKind, faultyCall: FaultyCall): Promise<Answer> {
  const hit = await hitBy(kind, faultyCall);
  return { ...hit, told: { ...hit.told, rule: RULE } };
}

async function hitBy(kind: FaultKind, { provider, call, request, answer }: FaultyCall): Promise<Answer> {
  switch (kind) {
    case '429':
      return refusal(provider, 429, call, request);
    case '500':
      return refusal(provider, 500, call, request);
    case 'slow':
      return harmed(await answer(), { kind, ms: SLOW_MS });
    case 'cut':
      return harmed(await answer(), { kind });
  }
}

export interface FaultyCall {
  readonly provider: ProviderName;
  readonly call: Call;
  readonly request: string;
  readonly answer: () => Answer | Promise<Answer>;
}
