/** RFC 9110 section 7.6.1, with what belongs to one connection or one form of the body. */
const OF_THE_CONNECTION = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'host', 'content-length', 'content-encoding', 'expect', 'alt-svc'],
]);

/** Theirs who called, and not for the provider. */
const OF_THE_CALLER = /^(?:authorization|x-api-key|cookie|origin|referer|forwarded|x-forwarded-.*|x-real-ip|via)$/;

/** What a recording holds of an answer's headers: what SDKs act on. Any other could say whose account it was. */
const RECORDED = new Set([
  ...['content-type', 'retry-after', 'retry-after-ms', 'x-should-retry', 'stripe-should-retry', 'stripe-version'],
  ...['idempotent-replayed', 'openai-version'],
]);

type Headers = Readonly<Record<string, string>>;

/** Of a call what the provider is to get, with the real key in place of the minted one. */
export function sentOn(headers: Headers, bearing: Headers): Headers {
  const kept = keep(headers, (name) => !OF_THE_CALLER.test(name) && name !== 'accept-encoding');
  return { ...kept, 'accept-encoding': 'identity', ...bearing };
}

/** Of the provider's answer what the caller gets. */
export function handedBack(headers: Headers): Headers {
  return keep(headers, (name) => name !== 'set-cookie');
}

export function recordedHeaders(headers: Headers): Headers {
  return keep(headers, (name) => RECORDED.has(name));
}

function keep(headers: Headers, isKept: (name: string) => boolean): Headers {
  const named = new Set((headers.connection ?? '').toLowerCase().split(/\s*,\s*/));
  const entries = Object.entries(headers).filter(
    ([name]) => !OF_THE_CONNECTION.has(name) && !named.has(name) && isKept(name),
  );
  return Object.fromEntries(entries);
}
