import type { Answer, Told } from '../../provider.ts';
import { wholeAfterMs } from '../pace.ts';
import type { Turn } from '../turn.ts';

/** Headers of every answer. */
export function headersFor(turn: Turn): Record<string, string> {
  return { 'x-request-id': turn.hexId('req_', 32), 'openai-version': '2020-10-01', 'openai-processing-ms': '1' };
}

/** A JSON answer; one of a model takes the time that its tokens take. */
export function answerWith(turn: Turn, body: unknown, told: Told, tokens: number | null = null): Answer {
  const afterMs = tokens === null ? 0 : wholeAfterMs(tokens, turn.shared.latency);
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...headersFor(turn) },
    parts: [{ afterMs, data: JSON.stringify(body) }],
    told,
  };
}
