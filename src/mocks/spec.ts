import type { DunningEnd } from '../core/mocks.ts';
import type { Rule } from './ai/rules.ts';
import type { MintedKeys } from './keys.ts';
import type { Modes } from './modes.ts';

/** What the process of an environment's mocks is told, and compared by. */
export interface MocksSpec {
  readonly environment: string;
  /** On 127.0.0.1. */
  readonly port: number;
  /** Absolute: where the journals are. */
  readonly folder: string;
  readonly seed: string;
  /** Milliseconds since 1970; null: the day on which the journal begins. */
  readonly startMs: number | null;
  readonly keys: MintedKeys;
  /** Opens the door for devenv itself: the log, the clock. */
  readonly control: string;
  readonly ai: AiSpec | null;
  readonly payments: PaymentsSpec | null;
  readonly modes: Modes;
  /** Absolute: where recordings are, a folder for each provider. */
  readonly recordings: string;
  /** Other addresses of providers: see `originOf` in relay/origin.ts. */
  readonly upstreams: Readonly<Record<string, string>>;
  /** Null where nobody looks for them by a provider's name. */
  readonly byName: ByNameSpec | null;
}

export interface ByNameSpec {
  /** Absolute: see `KeptIdentity`. */
  readonly file: string;
  /** Hash of who vouches for it: another one has to be read anew. */
  readonly authority: string;
}

export interface AiSpec {
  readonly latency: { readonly ttftMs: number; readonly tokensPerSecond: number | null };
  readonly budget: { readonly tokens: number } | null;
  readonly models: readonly string[] | null;
  readonly rules: readonly Rule[];
}

export interface PaymentsSpec {
  /** Where events go to; null: only to what is registered by the API. */
  readonly webhook: string | null;
  readonly dunningEnd: DunningEnd;
}
