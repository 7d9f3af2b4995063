/**
 * Stripe's client, loaded when it is first needed: that takes longer than this app's own start.
 * @param {string} key
 * @param {string | undefined} base where Stripe is instead of at its own address, such as devenv's mock
 * @returns {() => Promise<import('stripe').Stripe>}
 */
export function openStripe(key, base) {
  let client;
  return () => {
    client ??= import('stripe').then(({ default: Stripe }) => new Stripe(key, addressOf(base)));
    return client;
  };
}

export function addressOf(base) {
  if (!base) return {};
  const { hostname: host, port, protocol } = new URL(base);
  return { host, port, protocol: protocol.slice(0, -1) };
}

/** What Stripe answers when it refuses, and what its client says when there is no answer. */
export const isStripes = (error) => /^Stripe/.test(error.type);
