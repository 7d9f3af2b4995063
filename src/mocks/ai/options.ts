import type { Clock } from '../clock.ts';
import type { Latency } from './pace.ts';
import type { AiProvider, Rule } from './rules.ts';
import type { Change } from './state.ts';

export interface AiOptions {
  readonly seed: number | string;
  readonly clock: Clock;
  /** The minted keys of this environment: with any other a call is refused. */
  readonly keys: Readonly<Record<AiProvider, string>>;
  readonly latency: Latency;
  /** Of both providers together. */
  readonly budget: { readonly tokens: number } | null;
  /** Names of which only those may be called, `*` standing for any characters; null: what the providers have. */
  readonly models: readonly string[] | null;
  readonly rules: readonly Rule[];
  /** Hears of what somebody should know. */
  readonly tell?: (message: string) => void;
  /** Told of each change of what later answers depend on, in order. */
  readonly remember?: (change: Change) => void;
}
