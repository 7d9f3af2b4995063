import { maskKeys } from '../../core/guard/find.ts';
import {
  LOG_CALLS,
  type LoggedCall,
  type ProviderName,
  type Told,
  type Totals,
  type WholeCall,
} from '../../core/mocks.ts';
import type { Call } from '../provider.ts';
import type { Happened } from './server.ts';

interface Kept {
  call: Call;
  /** All of its body is there. */
  isWhole: boolean;
  readonly logged: LoggedCall;
  readonly sent: string;
}

/** Of requests and answers that much is shown. What is longer than MAX_REPLAY_BYTES can't be sent again either. */
const SHOWN_BYTES = 16 * 1024;
const MAX_REPLAY_BYTES = 256 * 1024;
/** What is kept to be shown is longer: half a key at its end has no shape any more, and wouldn't be masked. */
export const KEPT_TO_SHOW_BYTES = SHOWN_BYTES + 4 * 1024;
/** That much is kept of all requests together; of the oldest only what is shown beyond that. */
const MAX_KEPT_BYTES = 32 * 1024 * 1024;

/**
 * The last calls, a ring: a million of them take no more memory than `limit`. A live key that an app has sent in a path or
 * a body by mistake is told to nobody; what is sent again has it.
 */
export class CallLog {
  readonly #limit: number;
  readonly #kept: Kept[] = [];
  readonly #readers = new Set<(call: LoggedCall) => void>();
  #next = 0;
  #count = 0;
  /** Of the bodies that are kept. */
  #bytes = 0;
  #unsupported = 0;
  readonly #tokens = { input: 0, output: 0 };
  readonly #money: Record<string, number> = {};

  constructor(limit = LOG_CALLS) {
    this.#limit = limit;
  }

  add({ provider, call, answer, atMs, tookMs, sent, whole }: Happened): void {
    const query = call.query.toString();
    const logged: LoggedCall = {
      id: ++this.#count,
      at: new Date(atMs).toISOString(),
      provider: provider.name,
      method: call.method,
      path: query === '' ? call.path : `${call.path}?${query}`,
      status: answer.status,
      ms: tookMs,
      cut: !whole,
      ...answer.told,
    };
    this.#sum(answer.told);
    this.#keep({ call, isWhole: true, logged, sent });
    if (this.#readers.size === 0) return;
    const shown = masked(logged);
    for (const read of this.#readers) read(shown);
  }

  #keep(kept: Kept): void {
    this.#bytes += kept.call.body.length - (this.#kept[this.#next]?.call.body.length ?? 0);
    this.#kept[this.#next] = kept;
    if (kept.call.body.length > MAX_REPLAY_BYTES) this.#cut(kept);
    this.#next = (this.#next + 1) % this.#limit;
    for (const old of this.#bytes > MAX_KEPT_BYTES ? this.#inOrder() : []) {
      if (this.#bytes <= MAX_KEPT_BYTES) break;
      this.#cut(old);
    }
  }

  /** To what is shown of it; a copy, since a part of a buffer keeps all of it in memory. */
  #cut(kept: Kept): void {
    const { body } = kept.call;
    if (body.length <= KEPT_TO_SHOW_BYTES) return;
    kept.call = { ...kept.call, body: Buffer.from(body.subarray(0, KEPT_TO_SHOW_BYTES)) };
    kept.isWhole = false;
    this.#bytes -= body.length - KEPT_TO_SHOW_BYTES;
  }

  #sum({ tokens, money, unsupported }: Told): void {
    if (unsupported) this.#unsupported++;
    this.#tokens.input += tokens?.input ?? 0;
    this.#tokens.output += tokens?.output ?? 0;
    if (money) this.#money[money.currency] = (this.#money[money.currency] ?? 0) + money.amount;
  }

  get totals(): Totals {
    const { calls, unsupported } = { calls: this.#count, unsupported: this.#unsupported };
    return { calls, unsupported, tokens: { ...this.#tokens }, money: { ...this.#money } };
  }

  /** The oldest first. */
  all(): readonly LoggedCall[] {
    return this.#inOrder().map(({ logged }) => masked(logged));
  }

  #inOrder(): readonly Kept[] {
    return [...this.#kept.slice(this.#next), ...this.#kept.slice(0, this.#next)];
  }

  whole(id: number): WholeCall | null {
    const kept = this.#find(id);
    if (!kept) return null;
    const { call, logged, sent } = kept;
    const shown = (text: string): string => maskKeys(text).slice(0, SHOWN_BYTES);
    return { ...masked(logged), request: shown(call.body.toString('utf8')), answer: shown(sent) };
  }

  /** To be sent again; null for one that is unknown, or was too large to be kept. */
  call(id: number): { readonly call: Call; readonly provider: ProviderName } | null {
    const kept = this.#find(id);
    return kept?.isWhole ? { call: kept.call, provider: kept.logged.provider } : null;
  }

  #find(id: number): Kept | null {
    return this.#kept.find(({ logged }) => logged.id === id) ?? null;
  }

  /** Tells each call from now on; returns how to end it. */
  follow(read: (call: LoggedCall) => void): () => void {
    this.#readers.add(read);
    return () => this.#readers.delete(read);
  }
}

function masked(logged: LoggedCall): LoggedCall {
  return { ...logged, path: maskKeys(logged.path), summary: maskKeys(logged.summary) };
}
