import type { Answer, Told } from '../provider.ts';
import { type Latency, type Piece, paced } from './pace.ts';

/** An answer of server-sent events. */
export function streamAnswer(
  pieces: readonly Piece[],
  latency: Latency,
  told: Told,
  headers: Readonly<Record<string, string>>,
): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', ...headers },
    parts: paced(pieces, latency),
    told,
  };
}

export function piece(data: unknown, tokens = 0): Piece {
  return { data: `data: ${JSON.stringify(data)}\n\n`, tokens };
}

export function named(event: { readonly type: string }, tokens = 0): Piece {
  return { data: `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`, tokens };
}
