import type { Provider } from '../provider.ts';
import { ANTHROPIC } from './anthropic/anthropic.ts';
import { OPENAI } from './openai/openai.ts';
import type { AiOptions } from './options.ts';
import { createProvider } from './router.ts';
import { compileRules } from './rules.ts';
import { AiState, type Change } from './state.ts';
import { Tokenizers } from './tokens/tokenizer.ts';

export interface Ai {
  /** For paths that begin with `/v1/`, as below `…/openai`. */
  readonly openai: Provider;
  /** For paths that begin with `/v1/`, as below `…/anthropic`. */
  readonly anthropic: Provider;
  /** Takes up a change that `remember` was told of earlier. */
  replay(change: Change): void;
  /** Tokens that both providers have counted: what the budget is held against. */
  readonly tokensUsed: number;
  /** The fewest changes that make the state of now. */
  changes(): Change[];
}

/** Mocks of OpenAI and Anthropic. Throws a SyntaxError for a rule whose regular expression isn't one. */
export function createAi(options: AiOptions): Ai {
  const state = new AiState(options.remember ?? (() => {}));
  const shared = {
    ...options,
    rules: compileRules(options.rules, options.tell),
    state,
    tokenizers: new Tokenizers(),
  };
  return {
    openai: createProvider(OPENAI, shared),
    anthropic: createProvider(ANTHROPIC, shared),
    replay: (change) => state.replay(change),
    get tokensUsed() {
      return state.tokens;
    },
    changes: () => state.changes(),
  };
}
