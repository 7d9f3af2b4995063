import type { Readable } from 'node:stream';
import type { Answer, Call, Part, Provider, ProviderName, Told } from '../provider.ts';
import { complain, refuseStranger, summaryOf } from './complain.ts';
import { DIALECTS } from './dialects.ts';
import { handedBack, sentOn } from './headers.ts';
import { liveModeIn } from './live-mode.ts';
import { requestOf } from './match/request-of.ts';
import { recordedAnswer } from './recording/recorded-answer.ts';
import type { Recorder, Turn } from './recording/recorder.ts';
import { Redactor } from './redact/redactor.ts';
import { type Incoming, LIMITS, type Limits, send, UpstreamError } from './upstream.ts';
import { WithoutKey, withoutMaskedKeys } from './without-key.ts';

export interface RelayOptions {
  readonly name: ProviderName;
  /** The key that calls have to bear. */
  readonly minted: string;
  /** The provider's own. */
  readonly key: string;
  readonly origin: URL;
  /** Null: nothing is written down. */
  readonly recorder: Recorder | null;
  /** What could not be written down: the caller gets his answer all the same. */
  readonly failed: (error: unknown) => void;
  readonly limits?: Limits;
}

/** More than this of one answer is passed on and not recorded. */
const MAX_RECORDED_BYTES = 32 * 1024 * 1024;

/** Passes calls on to the provider itself, with its own key in place of the minted one. */
export function createRelay(options: RelayOptions): Provider {
  return new Relay(options);
}

class Relay implements Provider {
  readonly name: ProviderName;
  readonly #options: RelayOptions;
  readonly #redactor: Redactor;
  /** Stripe has said that the key moves real money. */
  #live = false;

  constructor(options: RelayOptions) {
    this.name = options.name;
    this.#options = options;
    this.#redactor = new Redactor([options.key, options.minted]);
  }

  async answer(call: Call, left: AbortSignal = new AbortController().signal): Promise<Answer> {
    const { minted, recorder } = this.#options;
    const stranger = refuseStranger(call, DIALECTS[this.name], minted);
    if (stranger) return stranger;
    if (this.#live) return this.#refuseLive(call);
    const turn = recorder?.begin(requestOf(call, this.#redactor)) ?? null;
    try {
      return await this.#pass(call, turn, left);
    } catch (error) {
      return this.#unanswered(call, error);
    }
  }

  async #pass(call: Call, turn: Turn | null, left: AbortSignal): Promise<Answer> {
    const { key, origin, limits = LIMITS } = this.#options;
    const { method, body, headers } = call;
    const query = call.query.toString();
    const path = query === '' ? call.path : `${call.path}?${query}`;
    const outgoing = { method, path, body, headers: sentOn(headers, DIALECTS[this.name].bearing(key)) };
    const incoming = await send(outgoing, origin, limits, left);
    const isWhole = /json/i.test(incoming.headers['content-type'] ?? '') || incoming.status >= 400;
    if (isWhole) return this.#whole(call, incoming, turn);
    return this.#answer(call, incoming, this.#parts(incoming, turn, left));
  }

  /** Nothing of it is handed on before all is known: it may say that the key is a live one. */
  async #whole(call: Call, incoming: Incoming, turn: Turn | null): Promise<Answer> {
    const { key, minted } = this.#options;
    const chunks: Buffer[] = [];
    for await (const chunk of this.#chunks(incoming)) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (this.name === 'stripe' && liveModeIn(body)) {
      this.#live = true;
      return this.#refuseLive(call);
    }
    if (body.length <= MAX_RECORDED_BYTES) await this.#write(turn, incoming, body);
    const filter = new WithoutKey(key, minted);
    const clean = Buffer.concat([filter.push(body), filter.end()]);
    const data = incoming.status >= 400 ? withoutMaskedKeys(clean) : clean;
    return this.#answer(call, incoming, [{ afterMs: 0, data }]);
  }

  async *#parts(incoming: Incoming, turn: Turn | null, left: AbortSignal): AsyncGenerator<Part> {
    const filter = new WithoutKey(this.#options.key, this.#options.minted);
    const kept: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of this.#chunks(incoming)) {
        size += chunk.length;
        if (turn && size <= MAX_RECORDED_BYTES) kept.push(chunk);
        const data = filter.push(chunk);
        if (data.length > 0) yield { afterMs: 0, data };
      }
      const rest = filter.end();
      if (rest.length > 0) yield { afterMs: 0, data: rest };
      if (size <= MAX_RECORDED_BYTES) await this.#write(turn, incoming, Buffer.concat(kept));
    } catch (error) {
      if (!left.aborted) throw error;
    } finally {
      incoming.body.destroy();
    }
  }

  /** What the provider sends. */
  async *#chunks({ body }: Incoming): AsyncGenerator<Buffer> {
    try {
      yield* body as Readable & AsyncIterable<Buffer>;
    } catch (cause) {
      throw new UpstreamError('unreachable', `the answer of ${this.#options.origin.host} was cut off`, { cause });
    }
  }

  async #write(turn: Turn | null, incoming: Incoming, body: Buffer): Promise<void> {
    try {
      await turn?.end(recordedAnswer(incoming, body, this.#redactor));
    } catch (error) {
      this.#options.failed(error);
    }
  }

  #answer(call: Call, { status, headers }: Incoming, parts: Answer['parts']): Answer {
    const { key, minted } = this.#options;
    const clean = Object.entries(handedBack(headers)).map(([name, value]) => [name, value.replaceAll(key, minted)]);
    return { status, headers: Object.fromEntries(clean), parts, told: this.#told(call, String(status)) };
  }

  #unanswered(call: Call, error: unknown): Answer {
    if (!(error instanceof UpstreamError)) {
      // The caller has left: nobody reads this.
      if ((error as Error).name !== 'AbortError') this.#options.failed(error);
      return this.#complain(call, 502, 'The answer was cut off.');
    }
    if (error.kind === 'silent')
      return this.#complain(call, 504, `devenv has passed the call on, and ${error.message}.`);
    return this.#complain(call, 502, `devenv couldn't pass the call on: ${error.message}.`);
  }

  #refuseLive(call: Call): Answer {
    const message =
      'Stripe has answered with livemode: true. The key is not one of test mode, and devenv passes nothing on any more.';
    return this.#complain(call, 403, message);
  }

  #complain(call: Call, status: number, message: string): Answer {
    return complain(DIALECTS[this.name], { status, message }, this.#told(call, `${status}, by devenv`, 'passed on'));
  }

  #told(call: Call, result: string, rule = this.#options.recorder ? 'recorded' : 'passed on'): Told {
    return { summary: `${summaryOf(call)} → ${result}`, rule };
  }
}
