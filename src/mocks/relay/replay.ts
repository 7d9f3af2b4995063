import { PARTS } from '../../core/mocks.ts';
import type { Answer, Call, Part, Provider, ProviderName } from '../provider.ts';
import { complain, refuseStranger, summaryOf } from './complain.ts';
import { DIALECTS } from './dialects.ts';
import { differenceWords } from './match/differences.ts';
import { identityOf } from './match/identity.ts';
import { nearest } from './match/nearest.ts';
import { requestOf } from './match/request-of.ts';
import { bytesOf } from './recording/body.ts';
import type { RecordedAnswer, RecordedRequest } from './recording/recording.ts';
import { printEvent } from './recording/server-events.ts';
import type { RecordingStore } from './recording/store.ts';
import { Redactor } from './redact/redactor.ts';

export interface ReplayOptions {
  readonly name: ProviderName;
  /** The key that calls have to bear. */
  readonly minted: string;
  readonly store: RecordingStore;
  readonly pace: Pace;
  readonly tell: (message: string) => void;
}

/** How fast a stream comes: until its first event, and from one to the next. */
export interface Pace {
  readonly firstMs: number;
  readonly nextMs: number;
}

/** One call with all that was ever answered to it. */
interface Known {
  readonly file: string;
  readonly request: RecordedRequest;
  readonly answers: RecordedAnswer[];
}

/** Answers as the provider did when it was recorded; without any network, and without its key. */
export function createReplay(options: ReplayOptions): Provider {
  return new Replay(options);
}

class Replay implements Provider {
  readonly name: ProviderName;
  readonly #options: ReplayOptions;
  readonly #redactor: Redactor;
  readonly #answered = new Map<string, number>();
  #known: Promise<ReadonlyMap<string, Known>> | null = null;

  constructor(options: ReplayOptions) {
    this.name = options.name;
    this.#options = options;
    this.#redactor = new Redactor([options.minted]);
  }

  async answer(call: Call): Promise<Answer> {
    const stranger = refuseStranger(call, DIALECTS[this.name], this.#options.minted);
    if (stranger) return stranger;
    const request = requestOf(call, this.#redactor);
    const identity = identityOf(request);
    const known = await this.#find(identity);
    if (!known) return this.#missing(call, request);
    const turn = this.#answered.get(identity) ?? 0;
    this.#answered.set(identity, turn + 1);
    return answerOf(
      call,
      known.answers[Math.min(turn, known.answers.length - 1)] as RecordedAnswer,
      this.#options.pace,
    );
  }

  /** What was recorded meanwhile is found too. */
  async #find(identity: string): Promise<Known | undefined> {
    this.#known ??= this.#read();
    const found = (await this.#known).get(identity);
    if (found) return found;
    this.#known = this.#read();
    return (await this.#known).get(identity);
  }

  async #read(): Promise<ReadonlyMap<string, Known>> {
    const known = new Map<string, Known>();
    for (const [file, { request, answers }] of await this.#options.store.all(this.#options.tell)) {
      const identity = identityOf(request);
      const same = known.get(identity);
      if (same) same.answers.push(...answers);
      else known.set(identity, { file, request, answers: [...answers] });
    }
    return known;
  }

  async #missing(call: Call, request: RecordedRequest): Promise<Answer> {
    const all = [...((await this.#known)?.values() ?? [])];
    const near = nearest(request, all);
    const { title } = DIALECTS[this.name];
    const why = near
      ? `The nearest is mocks/recordings/${this.name}/${near.recorded.file}: ${differenceWords(near.differences)}.`
      : `Of ${call.method} ${call.path} nothing is recorded.`;
    const message = `devenv replays ${title}, and this call was never recorded. ${why} To record it: devenv up --set mocks.${PARTS[this.name]}.${this.name}=record`;
    const told = { summary: `${summaryOf(call)}: never recorded`, rule: 'replayed', unsupported: true };
    return complain(DIALECTS[this.name], { status: 404, message }, told, {
      'x-devenv-unsupported': 'not recorded',
      ...(near ? { 'x-devenv-nearest': near.recorded.file } : {}),
    });
  }
}

function answerOf(call: Call, { status, headers, body }: RecordedAnswer, pace: Pace): Answer {
  const isStream = body !== null && 'events' in body;
  const parts: Part[] = isStream
    ? body.events.map((event, index) => ({
        afterMs: index === 0 ? pace.firstMs : pace.nextMs,
        data: printEvent(event),
      }))
    : [{ afterMs: pace.firstMs, data: bytesOf(body) }];
  return { status, headers, parts, told: { summary: `${summaryOf(call)} → ${status}`, rule: 'replayed' } };
}
