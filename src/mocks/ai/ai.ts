import type { Clock } from '../clock.ts';
import type { Provider } from '../provider.ts';
import { createAnthropic } from './anthropic/anthropic.ts';
import { type NextFault, NextFaults } from './faults.ts';
import { createOpenai } from './openai/openai.ts';
import type { Latency } from './pace.ts';
import { type AiProvider, compileRules, type Rule } from './rules.ts';
import { AiState, type Change } from './state.ts';
import { Tokenizers } from './tokens/tokenizer.ts';

export interface AiOptions {
  readonly seed: number | string;
  readonly clock: Clock;
  /** The minted keys of this environment: with any other a call is refused. */
  readonly keys: Readonly<Record<AiProvider, string>>;
  readonly latency: Latency;
  /** Of both providers together. */
  readonly budget: { readonly tokens: number } | null;
  /** Null: any model may be called. */
  readonly models: readonly string[] | null;
  readonly rules: readonly Rule[];
  /** Told of each change of what later answers depend on, in order. */
  readonly remember?: (change: Change) => void;
}

export interface Ai {
  /** For paths that begin with `/v1/`, as below `…/openai`. */
  readonly openai: Provider;
  /** For paths that begin with `/v1/`, as below `…/anthropic`. */
  readonly anthropic: Provider;
  failNext(next: NextFault): void;
  /** Takes up a change that `remember` was told of earlier. */
  replay(change: Change): void;
  /** The fewest changes that make the state of now. */
  changes(): Change[];
}

/** Mocks of OpenAI and Anthropic. Throws a SyntaxError for a rule whose regular expression isn't one. */
export function createAi(options: AiOptions): Ai {
  const state = new AiState(options.remember ?? (() => {}));
  const nextFaults = new NextFaults();
  const shared = {
    ...options,
    rules: compileRules(options.rules),
    nextFaults,
    state,
    tokenizers: new Tokenizers(),
  };
  return {
    openai: createOpenai(shared),
    anthropic: createAnthropic(shared),
    failNext: (next) => nextFaults.add(next),
    replay: (change) => state.replay(change),
    changes: () => state.changes(),
  };
}
