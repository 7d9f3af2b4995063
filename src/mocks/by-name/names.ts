/** The names of providers that lead to the mocks. */
export const NAMES = ['api.stripe.com'] as const;

/** Where clients look that are told a name alone. */
export const TLS_PORT = 443;
