import type { ProviderName, Told } from '../core/mocks.ts';

export type { ProviderName, Told } from '../core/mocks.ts';

/** One request as it came, its body whole. */
export interface Call {
  readonly method: string;
  /** Below the provider's own address: a leading slash, no query, percent-encoding as it came. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; of one that came twice the values joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What is sent back. Providers decide it all beforehand, the server only keeps the times. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent one after the other; a provider that passes on what another server sends gives them as they come. */
  readonly parts: Iterable<Part> | AsyncIterable<Part>;
  /** The connection is cut after the last part, where an answer would end. */
  readonly cut?: boolean;
  readonly told: Told;
}

export interface Part {
  /** Milliseconds to wait before it, counted from the part before, or from the call. */
  readonly afterMs: number;
  readonly data: string | Uint8Array;
}

/**
 * A stand-in for an outside API. It decides from the call, its own state, the clock and a seed alone, so that the same
 * calls in the same order get the same bytes; but for regular expressions of rules and schemas that take too long, which
 * are given up by the time that they took.
 */
export interface Provider {
  readonly name: ProviderName;
  /**
   * Never throws for what a caller sent: a mistake is answered as the provider itself would. `left` is aborted when the
   * caller leaves before the end.
   */
  answer(call: Call, left?: AbortSignal): Answer | Promise<Answer>;
  /** The clock goes to this time: what falls due until then happens, in its order. */
  advance?(toMs: number): Promise<void>;
}

/** The whole of a JSON answer; `afterMs`: it comes that much later. */
export function jsonAnswer(
  status: number,
  body: unknown,
  told: Told,
  { headers = {}, afterMs = 0, ...rest }: Partial<Answer> & Partial<Pick<Part, 'afterMs'>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    parts: [{ afterMs, data: JSON.stringify(body) }],
    told,
    ...rest,
  };
}
