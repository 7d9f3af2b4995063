/** Letters before it belong to another word, but for those of an escape such as `\n` in a text within a text. */
const START = String.raw`(?<=^|[^A-Za-z0-9]|\\[bfnrt])`;

/**
 * What is taken out besides the keys that the guard knows: whatever else has the shape of a secret, or tells whose account
 * it is. Wide, for a recording is committed, and what is taken out by mistake costs nothing: calls are compared without it.
 */
const SHAPES: readonly string[] = [
  // As providers show a key in an error: its first and last characters.
  String.raw`${START}[srp]k[-_][\w-]*\*{2,}[\w*-]*`,
  // docs.stripe.com/keys: secret, restricted, publishable and ephemeral keys; webhook and client secrets.
  String.raw`(?:[srpe]k_(?:org_)?(?:live|test)|whsec)_[\w+/]{6,}={0,2}`,
  String.raw`(?<=_secret_)\w{8,}`,
  // OpenAI, Anthropic, OpenRouter and all who write alike; OpenAI's keys for browsers.
  String.raw`${START}sk-(?=[\w-]*\d)[\w-]{16,}`,
  `${START}ek_[A-Za-z0-9]{16,}`,
  // RFC 7519.
  String.raw`eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*`,
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
