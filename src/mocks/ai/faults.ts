import type { Answer, Part } from '../provider.ts';
import { Refusal } from './refusal.ts';
import type { AiProvider, Fault } from './rules.ts';

/** A fault for the next call, of one provider or of whichever comes. */
export interface NextFault {
  readonly fault: Fault;
  readonly provider?: AiProvider;
}

/** Faults that somebody asked for by hand: each meets one call. */
export class NextFaults {
  readonly #waiting: NextFault[] = [];

  add(next: NextFault): void {
    this.#waiting.push(next);
  }

  take(provider: AiProvider): Fault | null {
    const index = this.#waiting.findIndex((next) => next.provider === undefined || next.provider === provider);
    return index < 0 ? null : (this.#waiting.splice(index, 1)[0]?.fault ?? null);
  }
}

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

/** What a fault makes of an answer whose parts are all known. */
export function afflicted(answer: Answer, fault: Fault): Answer {
  const parts = [...(answer.parts as Iterable<Part>)];
  if (fault.kind === 'slow') {
    const [first, ...rest] = parts;
    return first ? { ...answer, parts: [{ ...first, afterMs: first.afterMs + fault.ms }, ...rest] } : answer;
  }
  return fault.kind === 'cut' ? { ...answer, parts: firstHalf(parts), cut: true } : answer;
}

function firstHalf(parts: readonly Part[]): Part[] {
  const texts = parts.map(({ data }) => String(data));
  let left = Math.floor(texts.reduce((sum, text) => sum + text.length, 0) / 2);
  const kept: Part[] = [];
  for (const [index, { afterMs }] of parts.entries()) {
    if (left <= 0) break;
    const data = (texts[index] ?? '').slice(0, left);
    left -= data.length;
    kept.push({ afterMs, data });
  }
  return kept;
}
