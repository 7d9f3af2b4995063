import type { Answer, Call } from '../../provider.ts';
import { jsonAnswer } from '../../provider.ts';
import type { Complaints } from '../fields.ts';
import { badRequest, type Refusal, type RefusalKind, type Refused } from '../refusal.ts';
import type { Turn } from '../turn.ts';

interface Shape {
  readonly status: number;
  readonly type: string;
  readonly message?: (detail: string, call: Call) => string;
}

/** docs.anthropic.com/en/api/errors, in the words that the API itself uses. */
const SHAPES: Readonly<Record<RefusalKind, Shape>> = {
  'bad-request': { status: 400, type: 'invalid_request_error' },
  'not-found': { status: 404, type: 'not_found_error' },
  forbidden: { status: 403, type: 'permission_error' },
  unauthorized: { status: 401, type: 'authentication_error' },
  'unknown-model': { status: 404, type: 'not_found_error', message: (model) => `model: ${model}` },
  'unknown-path': { status: 404, type: 'not_found_error', message: () => 'Not found' },
  lacking: {
    status: 404,
    type: 'not_found_error',
    message: (what) => `devenv's mock of Anthropic doesn't implement ${what}.`,
  },
  'wrong-method': { status: 405, type: 'invalid_request_error', message: () => 'Method Not Allowed' },
  unsupported: {
    status: 400,
    type: 'invalid_request_error',
    message: (what) => `devenv's mock of Anthropic doesn't implement ${what}.`,
  },
  quota: {
    status: 400,
    type: 'invalid_request_error',
    message: () =>
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  },
  'rate-limit': {
    status: 429,
    type: 'rate_limit_error',
    message: () =>
      "This request would exceed your organization's rate limit. Please reduce the number of requests and try again later.",
  },
  'server-error': { status: 500, type: 'api_error', message: () => 'Internal server error' },
  overloaded: { status: 529, type: 'overloaded_error', message: () => 'Overloaded' },
};

export function refuse(refusal: Refusal, turn: Turn, call: Call): Answer {
  return refused(refusal, call, { request: turn.id('req_', 24), told: (summary) => turn.told(summary) });
}

/** The answer to a call that is refused. */
export function refused(refusal: Refusal, call: Call, { request, told }: Refused): Answer {
  const { status, type, message } = SHAPES[refusal.kind];
  const { retryAfterS } = refusal.details;
  const unsupported = refusal.kind === 'unsupported' || refusal.kind === 'lacking';
  const { more } = refusal.details;
  const body = {
    type: 'error',
    error: {
      type,
      message: message?.(refusal.message, call) ?? refusal.message,
      ...(more ? { details: more } : {}),
    },
    request_id: request,
  };
  const headers = {
    'request-id': request,
    ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
    ...(unsupported ? { 'x-devenv-unsupported': refusal.message } : {}),
  };
  return jsonAnswer(
    status,
    body,
    { ...told(`${status} ${type}`), ...(unsupported ? { unsupported } : {}) },
    { headers },
  );
}

/** As pydantic words them, which checks Anthropic's requests. */
const EXPECTED: Readonly<Record<string, string>> = {
  'a string': 'a valid string',
  'a boolean': 'a valid boolean',
  'a decimal': 'a valid number',
  'an integer': 'a valid integer',
  'an array': 'a valid list',
  'an object': 'a valid dictionary',
};

export const complaints: Complaints = {
  element: (list, index) => `${list}.${index}`,
  missing: (param) => badRequest(`${param}: Field required`, param),
  wrongType: (param, expected) => badRequest(`${param}: Input should be ${EXPECTED[expected] ?? expected}`, param),
  outOfRange: (param, _, __, bound, limit) =>
    badRequest(`${param}: Input should be ${bound === 'max' ? 'less' : 'greater'} than or equal to ${limit}`, param),
  notOneOf: (param, _, allowed) => badRequest(`${param}: Input should be ${listed(allowed)}`, param),
};

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  return [quoted.slice(0, -1).join(', '), ...quoted.slice(-1)].filter(Boolean).join(' or ');
}
