import type { Told } from '../provider.ts';

export type RefusalKind =
  | 'bad-request'
  | 'unauthorized'
  | 'forbidden'
  | 'unknown-model'
  | 'not-found'
  | 'unknown-path'
  /** The provider has the path, the mock hasn't. */
  | 'lacking'
  | 'wrong-method'
  | 'unsupported'
  | 'quota'
  | 'rate-limit'
  | 'server-error'
  | 'overloaded';

export interface RefusalDetails {
  readonly param?: string | null;
  readonly code?: string | null;
  /** What else a provider tells in its own shape. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Seconds after which a rate limit is over. */
  readonly retryAfterS?: number;
}

/** Why a call gets no answer. How it is put and with which status is up to each provider. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly details: RefusalDetails;

  constructor(kind: RefusalKind, message: string, details: RefusalDetails = {}) {
    super(message);
    this.kind = kind;
    this.details = details;
  }
}

/** What an answer holds besides the reason. */
export interface Refused {
  /** The id of the answer. */
  readonly request: string;
  readonly told: (summary: string) => Told;
}

export function badRequest(message: string, param: string | null = null, code: string | null = null): Refusal {
  return new Refusal('bad-request', message, { param, code });
}
