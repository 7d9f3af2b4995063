import { createHash } from 'node:crypto';

/** Keys of the shapes that providers give out, made when a test runs: no file of this repository holds one. */
export interface SampleKey {
  /** What a test is called after. */
  readonly shape: string;
  readonly provider: string;
  /** All that may be seen of it. */
  readonly starts: string;
  readonly value: string;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ALPHABETS = {
  base62: `${LETTERS}0123456789`,
  url: `${LETTERS}0123456789-_`,
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  hex: '0123456789abcdef',
  letters: LETTERS,
} as const;

/** The same characters for the same seed, drawn evenly. */
function drawn(alphabet: keyof typeof ALPHABETS, length: number, seed: string): string {
  const characters = ALPHABETS[alphabet];
  let text = '';
  for (let block = 0; text.length < length; block++) {
    const bytes = createHash('sha256').update(`${seed} ${block}`).digest();
    text += [...bytes].map((byte) => characters[byte % characters.length]).join('');
  }
  return text.slice(0, length);
}

/** Every live shape of the table, with keys as long as providers make them. */
export function liveKeys(seed = 'a'): readonly SampleKey[] {
  const draw = (alphabet: keyof typeof ALPHABETS, length: number) => drawn(alphabet, length, `${seed} ${length}`);
  const key = (provider: string, starts: string, rest: string, shape = starts): SampleKey => {
    return { shape, provider, starts, value: `${starts}${rest}` };
  };
  const stripe = ['sk', 'rk', 'pk'].flatMap((letter) => [
    key('Stripe', `${letter}_live_`, draw('base62', 24), `${letter}_live_ old`),
    key('Stripe', `${letter}_live_`, `51${draw('base62', 97)}`, `${letter}_live_ new`),
  ]);
  const openai = ['proj', 'svcacct', 'admin'].map((kind) =>
    key('OpenAI', `sk-${kind}-`, `${draw('url', 74)}T3BlbkFJ${draw('url', 73)}`),
  );
  const anthropic = ['api03', 'admin01', 'oat01'].map((kind) =>
    key('Anthropic', `sk-ant-${kind}-`, `${draw('url', 93)}AA`),
  );
  return [
    ...stripe,
    key('Stripe', 'sk_org_live_', draw('base62', 99)),
    key('OpenAI', 'sk-', `${draw('base62', 20)}T3BlbkFJ${draw('base62', 20)}`, 'sk- old'),
    key('OpenAI', 'sk-', draw('base62', 48), 'sk- without T3BlbkFJ'),
    ...openai,
    ...anthropic,
    ...['AKIA', 'ASIA'].map((starts) => key('AWS', starts, draw('base32', 16))),
    ...['p', 'o', 'u', 's', 'r'].map((letter) => key('GitHub', `gh${letter}_`, draw('base62', 36))),
    key('GitHub', 'github_pat_', `${draw('base62', 22)}_${draw('base62', 59)}`),
    key('GitLab', 'glpat-', draw('url', 20)),
    key('Google', 'AIza', draw('url', 35)),
    ...['b', 'p', 'a', 'r', 's'].map((letter) =>
      key('Slack', `xox${letter}-`, `${'9283746510'.repeat(1)}-${'8273645190'.repeat(1)}-${draw('base62', 24)}`),
    ),
    key('Slack', 'xapp-', `1-A${draw('base32', 10)}-9283746510-${draw('hex', 64)}`),
    key('SendGrid', 'SG.', `${draw('url', 22)}.${draw('url', 43)}`),
    key('Hugging Face', 'hf_', draw('letters', 34)),
    key('Groq', 'gsk_', draw('base62', 52)),
    key('xAI', 'xai-', draw('base62', 80)),
    key('OpenRouter', 'sk-or-v1-', draw('hex', 64)),
    ...['', 'RSA ', 'EC ', 'OPENSSH '].map((kind) =>
      key('private key', `-----BEGIN ${kind}PRIVATE KEY-----`, `\n${draw('base62', 64)}\n${draw('base62', 64)}\n`),
    ),
  ];
}

/** Those that stand on one line, as a variable's value does. */
export function lineKeys(): readonly SampleKey[] {
  return liveKeys().filter(({ value }) => !value.includes('\n'));
}

/** A webhook secret, which shows no mode: of a dashboard's endpoint, and of `stripe listen`. */
export function webhookSecrets(): readonly string[] {
  return [`whsec_${drawn('base62', 32, 'endpoint')}`, `whsec_${drawn('hex', 64, 'listen')}`];
}

/** The forms that devenv mints, with the longest token. */
export function mintedKeys(): readonly string[] {
  const token = drawn('hex', 30, 'minted');
  const [payments, ai] = ['devenv_mock', 'devenv-mock'];
  return [
    ...['sk_test', 'pk_test', 'whsec'].map((start) => `${start}_${payments}_${token}`),
    ...['sk', 'sk-ant', 'sk-proj'].map((start) => `${start}-${ai}-${token}`),
  ];
}

/** What is in no text may be looked for in pieces too: nothing but a key's beginning is shown. */
export function secretPart({ value, starts }: SampleKey): string {
  return value.slice(starts.length).trim().slice(0, 16);
}
