import type { Answer, Call } from '../../provider.ts';
import { jsonAnswer } from '../../provider.ts';
import type { Complaints } from '../fields.ts';
import { kindOf } from '../json.ts';
import { badRequest, type Refusal, type RefusalKind, type Refused } from '../refusal.ts';
import type { Turn } from '../turn.ts';

interface Shape {
  readonly status: number;
  readonly type: string;
  readonly code?: string;
  readonly message?: (detail: string, call: Call) => string;
}

/** platform.openai.com/docs/guides/error-codes, in the words that the API itself uses. */
const SHAPES: Readonly<Record<RefusalKind, Shape>> = {
  'bad-request': { status: 400, type: 'invalid_request_error' },
  'not-found': { status: 404, type: 'invalid_request_error' },
  forbidden: { status: 403, type: 'invalid_request_error' },
  unauthorized: { status: 401, type: 'invalid_request_error', code: 'invalid_api_key' },
  'unknown-model': {
    status: 404,
    type: 'invalid_request_error',
    code: 'model_not_found',
    message: (model) => `The model \`${model}\` does not exist or you do not have access to it.`,
  },
  'unknown-path': {
    status: 404,
    type: 'invalid_request_error',
    message: (_, { method, path }) => `Invalid URL (${method} ${path})`,
  },
  lacking: {
    status: 404,
    type: 'invalid_request_error',
    code: 'devenv_unsupported',
    message: (what) => `devenv's mock of OpenAI doesn't implement ${what}.`,
  },
  'wrong-method': {
    status: 405,
    type: 'invalid_request_error',
    code: 'method_not_supported',
    message: (_, { method, path }) =>
      `Not allowed to ${method} on ${path}. (HINT: Perhaps you meant to use a different HTTP method?)`,
  },
  unsupported: {
    status: 400,
    type: 'invalid_request_error',
    code: 'devenv_unsupported',
    message: (what) => `devenv's mock of OpenAI doesn't implement ${what}.`,
  },
  quota: {
    status: 429,
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    message: () =>
      'You exceeded your current quota, please check your plan and billing details. For more information on this error, ' +
      'read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
  },
  'rate-limit': {
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    message: () => 'Rate limit reached for requests. Limit: 3 / min. Please try again later.',
  },
  'server-error': {
    status: 500,
    type: 'server_error',
    message: () => 'The server had an error while processing your request. Sorry about that!',
  },
  overloaded: {
    status: 503,
    type: 'server_error',
    message: () => 'The engine is currently overloaded, please try again later.',
  },
};

export function refuse(refusal: Refusal, turn: Turn, call: Call): Answer {
  return refused(refusal, call, { request: turn.hexId('req_', 32), told: (summary) => turn.told(summary) });
}

/** The answer to a call that is refused. */
export function refused(refusal: Refusal, call: Call, { request, told }: Refused): Answer {
  const { status, type, code = null, message } = SHAPES[refusal.kind];
  const { details } = refusal;
  const text = message?.(refusal.message, call) ?? refusal.message;
  const unsupported = refusal.kind === 'unsupported' || refusal.kind === 'lacking';
  const error = { message: text, type, param: details.param ?? null, code: details.code ?? code };
  const headers = {
    'x-request-id': request,
    ...(details.retryAfterS === undefined ? {} : { 'retry-after': String(details.retryAfterS) }),
    ...(unsupported ? { 'x-devenv-unsupported': refusal.message } : {}),
  };
  const summary = told(`${status} ${error.code ?? type}`);
  return jsonAnswer(status, { error }, { ...summary, ...(unsupported ? { unsupported } : {}) }, { headers });
}

export const complaints: Complaints = {
  element: (list, index) => `${list}[${index}]`,
  missing: (param) => badRequest(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter'),
  wrongType: (param, expected, value) =>
    badRequest(
      `Invalid type for '${param}': expected ${expected}, but got ${kindOf(value)} instead.`,
      param,
      'invalid_type',
    ),
  outOfRange: (param, kind, value, bound, limit) => {
    const [above, sign] = bound === 'max' ? ['above maximum', '<='] : ['below minimum', '>='];
    return badRequest(
      `Invalid '${param}': ${kind} ${above} value. Expected a value ${sign} ${limit}, but got ${value} instead.`,
      param,
      `${kind}_${above.replace(' ', '_')}_value`,
    );
  },
  notOneOf: (param, value, allowed) =>
    badRequest(
      `Invalid value: '${value}'. Supported values are: ${allowed.map((one) => `'${one}'`).join(', ')}.`,
      param,
      'invalid_value',
    ),
};
