import type { FaultKind, ProviderName } from '../../core/mocks.ts';
import type { Answer, Part } from '../provider.ts';
import { refusal } from './refusals.ts';

/** Long enough to be seen, and shorter than what clients wait. */
const SLOW_MS = 5_000;

/** What the log says decided such an answer. */
export const RULE = 'fail next';

/**
 * A call meets a fault. What refuses it comes before anything is done; one that is cut off or late was done, and its
 * caller can't know. `request` is the id of the answer.
 */
export async function faulty(kind: FaultKind, { provider, request, answer }: FaultyCall): Promise<Answer> {
  const hit =
    kind === '429' || kind === '500' ? refusal(provider, kind === '429' ? 429 : 500, request) : await answer();
  const told = { ...hit.told, rule: RULE };
  if (kind === 'slow') return { ...hit, told, parts: late(hit.parts) };
  return kind === 'cut' ? { ...hit, told, parts: half(hit.parts), cut: true } : { ...hit, told };
}

export interface FaultyCall {
  readonly provider: ProviderName;
  readonly request: string;
  readonly answer: () => Answer | Promise<Answer>;
}

type Parts = Answer['parts'];

/** A known list stays one, for it is sent with its length. */
function late(parts: Parts): Parts {
  if (!Array.isArray(parts)) return lateOnes(parts);
  const [first, ...rest] = parts as readonly Part[];
  return first ? [{ ...first, afterMs: first.afterMs + SLOW_MS }, ...rest] : parts;
}

async function* lateOnes(parts: Parts): AsyncGenerator<Part> {
  let more = SLOW_MS;
  for await (const part of parts) {
    yield { ...part, afterMs: part.afterMs + more };
    more = 0;
  }
}

/** Half of what is known beforehand; of what comes bit by bit the first bit. */
function half(parts: Parts): Parts {
  return Array.isArray(parts) ? halfOf(parts as readonly Part[]) : firstOf(parts);
}

function halfOf(parts: readonly Part[]): readonly Part[] {
  const all = parts.map(({ afterMs, data }) => ({ afterMs, data: Buffer.from(data as Uint8Array) }));
  let left = Math.floor(all.reduce((sum, { data }) => sum + data.length, 0) / 2);
  return all.flatMap(({ afterMs, data }) => {
    const kept = data.subarray(0, left);
    left -= kept.length;
    return kept.length > 0 ? [{ afterMs, data: kept }] : [];
  });
}

async function* firstOf(parts: Parts): AsyncGenerator<Part> {
  for await (const part of parts) {
    yield part;
    return;
  }
}
