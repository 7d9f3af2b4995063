/** What is told of an environment's mocks: by them over their door, and by whoever shows it. All of it is plain JSON. */

/** Whom a mock stands in for, and below which part of `mocks` the configuration names him. */
export const PARTS = { openai: 'ai', anthropic: 'ai', stripe: 'payments' } as const satisfies Record<
  string,
  MockedPart
>;
export type ProviderName = keyof typeof PARTS;
export const PROVIDERS = Object.keys(PARTS) as readonly ProviderName[];

/** Those that answer as models do. */
export const AI_PROVIDERS = ['openai', 'anthropic'] as const satisfies readonly ProviderName[];
export type AiProvider = (typeof AI_PROVIDERS)[number];

/** What the configuration may mock, and the variables that the environment gets then. */
export const MOCKED_VARIABLES = {
  ai: ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL'],
  payments: ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_API_BASE'],
} as const;
export type MockedPart = keyof typeof MOCKED_VARIABLES;

/** A value for each of them. */
export type VariablesOf<Part extends MockedPart> = Readonly<Record<(typeof MOCKED_VARIABLES)[Part][number], string>>;

/**
 * Who answers in place of a provider: the mock; the provider itself, with what it says kept (`record`) or not (`sandbox`,
 * the provider's test mode); or what was kept.
 */
export type Mode = 'mock' | 'record' | 'replay' | 'sandbox';

/** Whether calls go to the provider, with its own key. */
export function isPassedOn(mode: unknown): mode is 'record' | 'sandbox' {
  return mode === 'record' || mode === 'sandbox';
}

/** How many calls the log keeps: the last ones. */
export const LOG_CALLS = 1_000;

/** How far the mocks' clock goes on at once, in milliseconds: what falls due in twenty years can still be gone through. */
export const FURTHEST_MS = 20 * 366 * 86_400_000;

/** What the log says of a call beside what was sent. */
export interface Told {
  /** For a person, a few words: `chat gpt-4o-mini`, `confirm pi_3 → requires_action`. */
  readonly summary: string;
  /** Which rule or fault of the configuration decided the answer; or `recorded`, `replayed`, `passed on`. */
  readonly rule?: string;
  /** Not implemented by the mock: counted, so that nobody takes it for the provider's own word. */
  readonly unsupported?: boolean;
  readonly tokens?: { readonly input: number; readonly output: number };
  /** Moved by this call, in the currency's smallest unit: what would have been charged. */
  readonly money?: { readonly amount: number; readonly currency: string };
  /** Ids of the events that this call caused. */
  readonly events?: readonly string[];
}

/** A call as the log lists it. */
export interface LoggedCall extends Told {
  /** Counts from 1, over all providers. */
  readonly id: number;
  /** ISO 8601, of the wall clock. */
  readonly at: string;
  readonly provider: ProviderName;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  /** The answer was cut off, by the caller or by a rule. */
  readonly cut: boolean;
}

/** One call with what went in and out, as text and up to a limit. */
export interface WholeCall extends LoggedCall {
  readonly request: string;
  readonly answer: string;
}

/** What all calls since the start of the mocks come to. */
export interface Totals {
  readonly calls: number;
  readonly unsupported: number;
  readonly tokens: { readonly input: number; readonly output: number };
  /** By currency, in its smallest unit. */
  readonly money: Readonly<Record<string, number>>;
}

/** One event for one endpoint of the app. */
export interface EventDelivery {
  readonly event: string;
  readonly type: string;
  readonly endpoint: string;
  readonly url: string;
  /** `outside`: its address is not of this environment, and was never contacted. */
  readonly state: 'pending' | 'delivered' | 'failed' | 'outside';
  /** The oldest first. */
  readonly attempts: readonly DeliveryAttempt[];
}

/** How the app replied, or that it didn't. */
export interface DeliveryAttempt {
  /** ISO 8601, of the wall clock. */
  readonly at: string;
  /** Null where there was no reply. */
  readonly status: number | null;
  /** Its first characters; where there was none, why. */
  readonly reply: string;
  readonly ms: number;
}

/** What can be done to the next call: answers with that status, an answer that ends in its middle, one that is late. */
export const FAULTS = ['429', '500', 'cut', 'slow'] as const;
export type FaultKind = (typeof FAULTS)[number];

/** What the next calls meet. */
export interface WaitingFault {
  /** Null: whichever is called. */
  readonly provider: ProviderName | null;
  readonly kind: FaultKind;
  readonly times: number;
}

/** What the mocks of an environment say of themselves. */
export interface MocksState {
  readonly environment: string;
  readonly pid: number;
  /** ISO 8601, of the mocks' own clock. */
  readonly clock: string;
  /** Addresses that they answer on, `127.0.0.1:4100`. */
  readonly listening: readonly string[];
  readonly totals: Totals;
  /** Tokens that the models may use and have used, since the data began; null without a budget. */
  readonly budget: { readonly tokens: number; readonly used: number } | null;
  /** By provider, those that are answered for. */
  readonly modes: Readonly<Partial<Record<ProviderName, Mode>>>;
  readonly faults: readonly WaitingFault[];
  /** How many deliveries there are of each state. */
  readonly deliveries: Readonly<Record<EventDelivery['state'], number>>;
}

/** What somebody who looks at the mocks sees. */
export interface MocksSeen {
  /** The configuration mocks something. */
  readonly mocked: boolean;
  /** Null while they don't answer. */
  readonly state: MocksState | null;
  /** The last ones, the oldest first. */
  readonly calls: readonly LoggedCall[];
  /** The last ones, and those of the selected call. */
  readonly deliveries: readonly EventDelivery[];
  /** The call that was selected when somebody looked; null where the log no longer has it. */
  readonly whole: WholeCall | null;
}

/** What becomes of a subscription after the last attempt to collect an invoice: a setting of an account at Stripe. */
export const DUNNING_ENDS = ['canceled', 'unpaid', 'past_due'] as const;
export type DunningEnd = (typeof DUNNING_ENDS)[number];
