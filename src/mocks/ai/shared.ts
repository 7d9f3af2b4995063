import type { AiOptions } from './options.ts';
import type { CompiledRules } from './rules.ts';
import type { AiState } from './state.ts';
import type { Tokenizers } from './tokens/tokenizer.ts';

/** What the providers have in common: one budget, one sequence of calls, one set of rules. */
export interface Shared extends Omit<AiOptions, 'rules' | 'remember'> {
  readonly rules: CompiledRules;
  readonly state: AiState;
  readonly tokenizers: Tokenizers;
}
