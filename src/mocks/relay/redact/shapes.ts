/** Letters before it belong to another word, but for those of an escape such as `\n` in a text within a text. */
const START = String.raw`(?<=^|[^A-Za-z0-9]|\\[bfnrt])`;

/**
 * What has the shape of a secret, or tells whose account it is. Wider than what the guard refuses: test keys too, for a
 * recording is committed, and what is taken out by mistake costs nothing, since calls are compared without it.
 */
const SHAPES: readonly string[] = [
  // docs.stripe.com/keys: secret, restricted, publishable and ephemeral keys; webhook and client secrets.
  String.raw`(?:[srpe]k_(?:org_)?(?:live|test)|whsec)_[\w+/]{6,}={0,2}`,
  String.raw`(?<=_secret_)\w{8,}`,
  // OpenAI, Anthropic, OpenRouter and all who write alike; OpenAI's keys for browsers.
  String.raw`${START}sk-(?=[\w-]*\d)[\w-]{16,}`,
  `${START}ek_[A-Za-z0-9]{16,}`,
  // As providers show a key in an error: its first and last characters.
  String.raw`${START}[srp]k[-_][\w-]*\*{2,}[\w*-]*`,
  `${START}(?:hf|gsk)_[A-Za-z0-9]{30,}`,
  `${START}xai-[A-Za-z0-9]{32,}`,
  'A[KS]IA[A-Z2-7]{16}',
  'gh[pousr]_[A-Za-z0-9]{36,}',
  String.raw`github_pat_\w{60,}`,
  String.raw`AIza[\w-]{35}`,
  'xox[abceoprs]-[A-Za-z0-9-]{20,}',
  String.raw`${START}SG\.[\w-]{16,32}\.[\w-]{32,64}`,
  // RFC 7519.
  String.raw`eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*`,
  String.raw`-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]{1,20000}?-----END`,
  // RFC 6750, RFC 7617, RFC 3986 section 3.2.1.
  String.raw`(?<=\b(?:Bearer|Basic)\s{1,4})[\w.~+/=-]{16,}`,
  String.raw`(?<=[a-z]://[^\s/:@"]{0,100}:)[^\s/:@"]{1,200}(?=@)`,
  // Accounts and requests.
  `${START}org-[A-Za-z0-9]{8,}`,
  `${START}(?:acct|proj|req)_[A-Za-z0-9]{6,}`,
];

export const SHAPE = new RegExp(SHAPES.map((shape) => `(?:${shape})`).join('|'), 'g');

const NAMES =
  'api[-_]?key|authorization|password|passwd|passphrase|secret|secret[-_]?key|client[-_]?secret|private[-_]?key|' +
  '(?:access|refresh|id|auth)[-_]?token|credentials?|cookie|organi[sz]ation(?:[-_]?id)?|request[-_]?id|request_log_url';

/** A key of an object whose text is a secret, whatever it looks like: `password`, `stripe_api_key`, `apiKey`. */
export const SECRET_NAME = new RegExp(`^(?:.*[-_.])?(?:${NAMES})$`, 'i');

/** The same within a text that is JSON itself, such as the arguments of a tool. */
export const NAMED_IN_TEXT = new RegExp(
  String.raw`(?<="(?:[\w.-]{0,40}[-_.])?(?:${NAMES})\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}")(?:[^"\\]|\\[^"])+`,
  'gi',
);
