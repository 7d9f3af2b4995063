import type { Part } from '../provider.ts';

export interface Latency {
  /** Milliseconds before the first token. */
  readonly ttftMs: number;
  /** Null: as fast as can be. */
  readonly tokensPerSecond: number | null;
}

/** A piece of a stream and how many tokens of the answer it holds. */
export interface Piece {
  readonly data: string;
  readonly tokens: number;
}

/** Timers are no finer than that; shorter waits are put together. */
const SHORTEST_MS = 4;

/** The pieces of a stream in their times. What has no time between it is sent at once. */
export function paced(pieces: readonly Piece[], { ttftMs, tokensPerSecond }: Latency): Part[] {
  const msPerToken = tokensPerSecond === null ? 0 : 1000 / tokensPerSecond;
  if (msPerToken === 0) return [{ afterMs: ttftMs, data: pieces.map(({ data }) => data).join('') }];
  const parts: Part[] = [];
  let [dueMs, sentMs, data] = [ttftMs, 0, ''];
  let group = { sinceMs: 0, untilMs: 0 };
  const send = (): void => {
    const atMs = Math.round(group.untilMs);
    parts.push({ afterMs: atMs - sentMs, data });
    [sentMs, data] = [atMs, ''];
  };
  for (const piece of pieces) {
    dueMs += piece.tokens * msPerToken;
    if (data !== '' && dueMs - group.sinceMs >= SHORTEST_MS) send();
    group = { sinceMs: data === '' ? dueMs : group.sinceMs, untilMs: dueMs };
    data += piece.data;
  }
  send();
  return parts;
}

/** Milliseconds until an answer that isn't streamed is there. */
export function wholeAfterMs(tokens: number, { ttftMs, tokensPerSecond }: Latency): number {
  return Math.round(ttftMs + (tokensPerSecond === null ? 0 : (tokens * 1000) / tokensPerSecond));
}
