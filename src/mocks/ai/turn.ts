import { Draws } from '../../lib/draws.ts';
import { type Harm, harmed } from '../parts.ts';
import type { Answer, Told } from '../provider.ts';
import { refusalOf } from './faults.ts';
import { isAllowed } from './models/allowed.ts';
import { Refusal } from './refusal.ts';
import type { AiProvider, RuleAnswer, Subject } from './rules.ts';
import type { Shared } from './shared.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

type FixedAnswer = Exclude<RuleAnswer, { kind: 'fault' }>;

/** One call while it is answered. */
export class Turn {
  readonly shared: Shared;
  readonly provider: AiProvider;
  /** Seconds since 1970, by the mocks' clock. */
  readonly createdS: number;
  tokens = { input: 0, output: 0 };
  readonly #number: number;
  readonly #ids: Draws;
  #rule: string | null = null;
  #harm: Harm | null = null;

  constructor(shared: Shared, provider: AiProvider) {
    this.shared = shared;
    this.provider = provider;
    this.createdS = Math.floor(shared.clock.tick() / 1000);
    this.#number = shared.state.nextCall();
    this.#ids = this.draws('id');
  }

  /** Numbers of this call alone. */
  draws(purpose: string): Draws {
    return new Draws(this.shared.seed, this.provider, purpose).at(this.#number);
  }

  /** A new id each time, of letters and digits. */
  id(prefix: string, length: number): string {
    let id = prefix;
    for (let index = 0; index < length; index += 1) id += LETTERS[this.#ids.below(LETTERS.length)];
    return id;
  }

  hexId(prefix: string, length: number): string {
    let id = prefix;
    while (id.length < prefix.length + length) id += this.#ids.uint32().toString(16).padStart(8, '0');
    return id.slice(0, prefix.length + length);
  }

  /** Throws where a model of that name isn't to be called. */
  allow(model: string): void {
    if (!isAllowed(this.provider, this.shared.models, model)) throw new Refusal('unknown-model', model);
  }

  /** What the rules say; throws where that is a refusal. */
  judge(subject: Omit<Subject, 'provider'>): FixedAnswer | null {
    const verdict = this.shared.rules.decide({ ...subject, provider: this.provider }, this.draws('rules'));
    if (!verdict) return null;
    this.#rule = verdict.rule;
    if (verdict.answer.kind !== 'fault') return verdict.answer;
    const { fault } = verdict.answer;
    if (fault.kind !== 'slow' && fault.kind !== 'cut') throw refusalOf(fault);
    this.#harm = fault;
    return null;
  }

  /** What stands before every answer that costs something: the allowed list, the budget, the rules. */
  admit(subject: Omit<Subject, 'provider'>): FixedAnswer | null {
    const { budget, state } = this.shared;
    this.allow(subject.model);
    if (budget && state.tokens >= budget.tokens) {
      // The provider's words don't tell that it is the configuration's limit.
      this.#rule = 'mocks.ai.budget';
      throw new Refusal('quota', '');
    }
    return this.judge(subject);
  }

  told(summary: string): Told {
    const { input, output } = this.tokens;
    return {
      summary,
      ...(this.#rule === null ? {} : { rule: this.#rule }),
      ...(input + output === 0 ? {} : { tokens: this.tokens }),
    };
  }

  /** The answer as it is sent: with the fault that happens to it. */
  finished(answer: Answer): Answer {
    return this.#harm ? harmed(answer, this.#harm) : answer;
  }
}
