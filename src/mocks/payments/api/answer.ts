import { type Answer, type Call, jsonAnswer, type Told } from '../../provider.ts';
import type { Outcome } from './api.ts';
import { CROSS_ORIGIN } from './cross-origin.ts';
import { API_VERSION } from './version.ts';

/** An outcome with the headers that Stripe gives it. */
export function answerOf(call: Call, outcome: Outcome): Answer {
  return jsonAnswer(outcome.status, outcome.body, toldOf(call, outcome), { headers: headersOf(call, outcome) });
}

function headersOf(call: Call, { request, original, error, status }: Outcome): Record<string, string> {
  const key = call.method === 'POST' ? call.headers['idempotency-key'] : undefined;
  const retry = error?.options.shouldRetry;
  return {
    ...CROSS_ORIGIN,
    'request-id': request,
    'stripe-version': API_VERSION,
    ...(key &&
      status < 500 &&
      !error?.options.unseen && { 'idempotency-key': key, 'original-request': original ?? request }),
    ...(original !== null && { 'idempotent-replayed': 'true' }),
    ...(retry !== undefined && { 'stripe-should-retry': String(retry) }),
    ...(error?.options.unsupported && { 'x-devenv-unsupported': 'true' }),
  };
}

function toldOf(call: Call, { body, error, match, moved, change, original }: Outcome): Told {
  const events = change?.events.map(({ id }) => id) ?? [];
  return {
    summary: `${verbOf(call, match)} → ${original === null ? '' : 'again, '}${resultOf(body)}`,
    ...(error?.options.unsupported && { unsupported: true }),
    ...(moved && { money: moved }),
    ...(events.length > 0 && { events }),
  };
}

/** `confirm pi_3`, `create customers`. */
function verbOf({ method, path }: Call, match: Outcome['match']): string {
  const steps = (match?.route.path ?? path).split('/').slice(2);
  const [id] = match?.ids ?? [];
  if (!match) return `${method} ${path}`;
  const last = steps.at(-1) as string;
  if (id === undefined) return `${method === 'GET' ? 'list' : 'create'} ${steps.join('.')}`;
  if (last.startsWith(':')) return `${VERBS[method] ?? method} ${match.ids.at(-1)}`;
  return `${last} ${id}`;
}

const VERBS: Readonly<Record<string, string>> = { GET: 'retrieve', POST: 'update', DELETE: 'delete' };

function resultOf(body: object): string {
  const { error, status, id, object, data } = body as Readonly<Record<string, unknown>>;
  if (error) {
    const { code, decline_code, type } = error as Readonly<Record<string, string>>;
    return decline_code ?? code ?? (type as string);
  }
  if (Array.isArray(data)) return `${data.length} of them`;
  return String(status ?? id ?? object);
}
