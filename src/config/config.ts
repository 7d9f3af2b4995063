import type { DunningEnd } from '../core/mocks.ts';
import type { KeySource, RuntimeName } from '../core/stack.ts';

/** The checked configuration of one tier, every default applied. */
export interface Config {
  readonly name: string;
  /** Undefined: whichever the machine has. */
  readonly runtime: RuntimeName | undefined;
  readonly services: Readonly<Record<string, ServiceConfig>>;
  readonly processes: Readonly<Record<string, ProcessConfig>>;
  /** In the order in which they are loaded, each for another service. */
  readonly data: readonly DataConfig[];
  readonly mocks: MocksConfig | null;
  readonly hooks: { readonly ready?: string };
  /** Names of variables that may hold a live key. */
  readonly guard: { readonly allow: readonly string[] };
  /** References not yet replaced. */
  readonly env: Readonly<Record<string, string>>;
}

export interface DataConfig {
  /** Name of the service. */
  readonly service: string;
  readonly migrate: { readonly run: string; readonly files: readonly string[] } | null;
  /** Relative to the project's folder. */
  readonly seed: readonly string[];
  /** Variables that may lead elsewhere. */
  readonly allow: readonly string[];
  /** Names of the Redis services that go with it; null where nothing is said of them. */
  readonly redis: readonly string[] | null;
  readonly spares: number;
  /** When it is reset by itself: `daily`, or a line of cron. */
  readonly reset: string | null;
}

/** Which outside services are mocked. */
export interface MocksConfig {
  readonly seed: string;
  /** Milliseconds since 1970; null: the day on which the mocks' data begins. */
  readonly startMs: number | null;
  readonly ai: AiConfig | null;
  readonly payments: PaymentsConfig | null;
  /** Of a provider that isn't mocked at all: `mock`. */
  readonly modes: {
    readonly openai: ProviderMode;
    readonly anthropic: ProviderMode;
    readonly stripe: ProviderMode | 'sandbox';
  };
  /** Where the providers' own keys come from. */
  readonly keys: Readonly<Record<'openai' | 'anthropic' | 'stripe', KeySource | null>>;
}

export type ProviderMode = 'mock' | 'record' | 'replay';

export interface AiConfig {
  /** `tokensPerSecond` null: without a limit. */
  readonly latency: { readonly ttftMs: number; readonly tokensPerSecond: number | null };
  readonly budget: { readonly tokens: number } | null;
  /** Null: all of them. */
  readonly models: readonly string[] | null;
  readonly rules: readonly RuleConfig[];
}

/** A fixed answer or a fault for calls that match. */
export interface RuleConfig {
  readonly name?: string;
  readonly match?: {
    readonly provider?: 'openai' | 'anthropic';
    readonly model?: string;
    readonly contains?: string;
    readonly matches?: string;
    readonly tool?: string;
  };
  readonly rate?: number;
  readonly answer: RuleAnswer;
}

export type RuleAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'tool'; readonly name: string; readonly arguments: unknown }
  | { readonly kind: 'fault'; readonly fault: RuleFault };

export type RuleFault =
  | { readonly kind: 'rate-limit'; readonly retryAfterS?: number }
  | { readonly kind: 'server-error' | 'overloaded' | 'cut' }
  | { readonly kind: 'slow'; readonly ms: number };

export interface PaymentsConfig {
  /** Where events go to: a process or service, and a path of it. */
  readonly webhook: { readonly to: string; readonly path: string } | null;
  readonly dunningEnd: DunningEnd;
  /** Whether containers of plain images find the mock by Stripe's own name. */
  readonly byName: boolean;
}

export interface ServiceConfig {
  /** Name of an engine; `container` for a plain image. */
  readonly engine: string;
  /** Major version; undefined for whichever the runtime can give, and for a plain image. */
  readonly version: string | undefined;
  readonly image: string | undefined;
  /** Preferred port on the host, for an engine. */
  readonly port: number | undefined;
  /** Ports inside the container by name, for a plain image. */
  readonly ports: Readonly<Record<string, number>>;
  readonly env: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly command: readonly string[];
  readonly needs: readonly string[];
  /** For a plain image: the port, and the path that answers there. */
  readonly ready: { readonly port: string; readonly http?: string } | null;
  /** Seconds. */
  readonly readyTimeout: number;
  readonly program: string | undefined;
  /** The engine's own keys. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface ProcessConfig {
  readonly command: string;
  readonly port: number | undefined;
  readonly ready: { readonly http?: string; readonly timeout: number };
  readonly needs: readonly string[];
  readonly restart: 'on-failure' | 'always' | 'no';
  readonly once: boolean;
  readonly watch: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Relative to the project's folder. */
  readonly cwd: string;
}
