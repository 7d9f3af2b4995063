import type { Call, ProviderName } from '../provider.ts';

/** What the relay itself has to say to a caller. */
export interface Complaint {
  readonly status: number;
  readonly message: string;
}

/** What one provider does its own way. */
export interface Dialect {
  /** As people call it. */
  readonly title: string;
  /** Where its API is; nothing in a configuration can change that. */
  readonly origin: string;
  /** The key that a call bears; null for none. */
  keyOf(call: Call): string | null;
  /** The headers that bear a key. */
  bearing(key: string): Readonly<Record<string, string>>;
  /** In the shape on which the official SDKs throw their own errors. */
  error(complaint: Complaint): unknown;
}

export const DIALECTS: Readonly<Record<ProviderName, Dialect>> = {
  // platform.openai.com/docs/api-reference/authentication, /docs/guides/error-codes
  openai: {
    title: 'OpenAI',
    origin: 'https://api.openai.com',
    keyOf: ({ headers }) => bearerOf(headers.authorization),
    bearing: (key) => ({ authorization: `Bearer ${key}` }),
    error: ({ status, message }) => {
      const type = status >= 500 ? 'server_error' : 'invalid_request_error';
      return { error: { message, type, param: null, code: status === 401 ? 'invalid_api_key' : 'devenv' } };
    },
  },
  // docs.anthropic.com/en/api/errors
  anthropic: {
    title: 'Anthropic',
    origin: 'https://api.anthropic.com',
    keyOf: ({ headers }) => headers['x-api-key'] ?? bearerOf(headers.authorization),
    bearing: (key) => ({ 'x-api-key': key }),
    error: ({ status, message }) => ({ type: 'error', error: { type: anthropicType(status), message } }),
  },
  // docs.stripe.com/api/errors; its libraries send the key as a bearer, curl -u as a user's name.
  stripe: {
    title: 'Stripe',
    origin: 'https://api.stripe.com',
    keyOf: ({ headers }) => bearerOf(headers.authorization) ?? userOf(headers.authorization),
    bearing: (key) => ({ authorization: `Bearer ${key}` }),
    error: ({ status, message }) => {
      return { error: { type: status >= 500 ? 'api_error' : 'invalid_request_error', message } };
    },
  },
};

function anthropicType(status: number): string {
  if (status >= 500) return 'api_error';
  return status === 401 ? 'authentication_error' : 'not_found_error';
}

function bearerOf(header: string | undefined): string | null {
  return /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1] ?? null;
}

function userOf(header: string | undefined): string | null {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  return encoded === undefined ? null : (Buffer.from(encoded, 'base64').toString('utf8').split(':', 1)[0] ?? null);
}
