/** What a key pays for or opens. There are mocks for the first two. */
export type ProviderKind = 'payments' | 'ai' | 'other';

/** `unknown`: the key doesn't show it. */
export type KeyMode = 'live' | 'test' | 'unknown';

export interface Shape {
  readonly provider: string;
  readonly kind: ProviderKind;
  readonly mode: KeyMode;
  /** Its fixed first characters, as the source of an expression: all that is ever shown of a key. No group in it captures. */
  readonly start: string;
  /** What follows them. Sticky; every repetition in it has an upper bound, so that no text makes it slow. */
  readonly body: RegExp;
  /** Whether a body of the right characters is one of this shape. */
  readonly fits?: (body: string) => boolean;
}

/**
 * Lengths are lower bounds somewhat below what providers give out: one that grows is still met. Where a beginning is
 * that of another, the longer one stands first.
 */
export const SHAPES: readonly Shape[] = [
  // docs.stripe.com/keys: secret, restricted and publishable keys name their mode. 24 characters, newer ones 99 and more.
  { provider: 'Stripe', kind: 'payments', mode: 'live', start: '[srp]k_live_', body: /[A-Za-z0-9]{16,300}/y },
  { provider: 'Stripe', kind: 'payments', mode: 'test', start: '[srp]k_test_', body: /[A-Za-z0-9_]{4,300}/y },
  // docs.stripe.com/keys, "Organization API keys".
  { provider: 'Stripe', kind: 'payments', mode: 'live', start: 'sk_org_live_', body: /[A-Za-z0-9]{16,300}/y },
  { provider: 'Stripe', kind: 'payments', mode: 'test', start: 'sk_org_test_', body: /[A-Za-z0-9_]{4,300}/y },
  // docs.stripe.com/webhooks/signature: 32 characters of an endpoint, 64 of `stripe listen`; the same in both modes.
  { provider: 'Stripe', kind: 'payments', mode: 'unknown', start: 'whsec_', body: /[A-Za-z0-9+/]{24,200}={0,2}/y },
  // platform.claude.com/docs, API keys: api03, admin01; oat01 and its like are those of accounts. 95 characters.
  { provider: 'Anthropic', kind: 'ai', mode: 'live', start: 'sk-ant-[a-z]{2,8}[0-9]{2}-', body: /[\w-]{24,300}/y },
  // openrouter.ai/docs/api-reference/authentication: 64 hexadecimal digits.
  { provider: 'OpenRouter', kind: 'ai', mode: 'live', start: 'sk-or-v[0-9]-', body: /[A-Za-z0-9]{32,300}/y },
  // platform.openai.com/docs/api-reference/authentication. No mode: every one is live.
  { provider: 'OpenAI', kind: 'ai', mode: 'live', start: 'sk-proj-', body: /[\w-]{20,300}/y },
  { provider: 'OpenAI', kind: 'ai', mode: 'live', start: 'sk-svcacct-', body: /[\w-]{20,300}/y },
  { provider: 'OpenAI', kind: 'ai', mode: 'live', start: 'sk-admin-', body: /[\w-]{20,300}/y },
  // The old form, 48 characters with T3BlbkFJ (base64 of "OpenAI") inside, and those of services that speak its language.
  { provider: 'OpenAI', kind: 'ai', mode: 'live', start: 'sk-', body: /[\w-]{20,300}/y, fits: isPlainOpenAi },
  // huggingface.co/docs/hub/security-tokens: 34 letters.
  { provider: 'Hugging Face', kind: 'ai', mode: 'live', start: 'hf_', body: /[A-Za-z0-9]{30,100}/y },
  // console.groq.com/docs/api-reference: 52 characters.
  { provider: 'Groq', kind: 'ai', mode: 'live', start: 'gsk_', body: /[A-Za-z0-9]{32,200}/y },
  // docs.x.ai: 80 characters.
  { provider: 'xAI', kind: 'ai', mode: 'live', start: 'xai-', body: /[A-Za-z0-9]{32,200}/y },
  // docs.aws.amazon.com/IAM, "Unique identifiers": AKIA lasts, ASIA is temporary; 16 characters of base32.
  { provider: 'AWS', kind: 'other', mode: 'live', start: 'A[KS]IA', body: /[A-Z2-7]{16}(?![A-Za-z0-9+/])/y },
  // github.blog, "Behind GitHub's new authentication token formats": 36 characters; a fine-grained one has 82.
  { provider: 'GitHub', kind: 'other', mode: 'live', start: 'gh[pousr]_', body: /[A-Za-z0-9]{36,300}/y },
  { provider: 'GitHub', kind: 'other', mode: 'live', start: 'github_pat_', body: /\w{60,300}/y },
  // docs.gitlab.com/security/tokens: 20 characters, routable ones more.
  { provider: 'GitLab', kind: 'other', mode: 'live', start: 'glpat-', body: /[\w.-]{20,300}/y, fits: isNoWord },
  // cloud.google.com/docs/authentication/api-keys: 35 characters.
  { provider: 'Google', kind: 'other', mode: 'live', start: 'AIza', body: /[\w-]{35}(?![\w-])/y },
  // docs.slack.dev/authentication/tokens: bot, user, app, refresh, legacy; xapp is an app's own.
  {
    provider: 'Slack',
    kind: 'other',
    mode: 'live',
    start: 'x(?:ox[abceoprs]|app)-',
    body: /[A-Za-z0-9-]{20,300}/y,
    fits: hasDigit,
  },
  // docs.sendgrid.com: 22 and 43 characters.
  { provider: 'SendGrid', kind: 'other', mode: 'live', start: 'SG\\.', body: /[\w-]{16,32}\.[\w-]{32,64}/y },
  // RFC 7468, and RFC 1421 for what may stand between the first line and the key; line ends also as \n in a text.
  {
    provider: 'private key',
    kind: 'other',
    mode: 'live',
    start: '-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----',
    body: /(?:\\{1,4}[nr]|[\s"'+,]){1,80}(?:[A-Za-z-]{4,20}: [^\n\\]{0,200}(?:\\{1,4}[nr]|\s){1,80}){0,4}[A-Za-z0-9+/=]{40,200}(?:(?:\\{1,4}[nr]|[\s"'+,]){1,80}[A-Za-z0-9+/=]{4,200}){0,200}/y,
  },
];

function isPlainOpenAi(body: string): boolean {
  return body.includes('T3BlbkFJ') || (/^[A-Za-z0-9]{32}/.test(body) && hasDigit(body));
}

/** `glpat-some-words-of-a-text`. */
function isNoWord(body: string): boolean {
  return /[A-Z0-9]/.test(body);
}

function hasDigit(body: string): boolean {
  return /\d/.test(body);
}

/** Keys of the payments mock: where the environment has one, its payments are mocked. */
export const MINTED_PAYMENTS = /^(?:[sp]k_test|whsec)_devenv_mock_/;
