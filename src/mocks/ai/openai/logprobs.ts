import { Draws } from '../../../lib/draws.ts';
import type { Fields } from '../fields.ts';
import type { Shared } from '../shared.ts';
import type { Tokenizer } from '../tokens/tokenizer.ts';

/** One token and its natural logarithm of probability, in the shape of both APIs. */
export interface Alternative {
  readonly token: string;
  /** UTF-8. */
  readonly bytes: number[];
  readonly logprob: number;
}

export interface Logprob extends Alternative {
  readonly top_logprobs: Alternative[];
}

const MOST = 20;

/** Up to here most tokens of the encodings are usual words, or begin some. */
const USUAL_TOKENS = 20_000;

/** How many alternatives to each token are wanted. */
export function alternativesOf(body: Fields): number {
  return body.integer('top_logprobs', 0, MOST) ?? 0;
}

/**
 * Probabilities as a model that is sure of what it says would have them, drawn: the token that was said first, then
 * `count` - 1 others, each less likely. A character that is spread over several tokens counts as one.
 */
export function logprobsOf(text: string, count: number, { seed }: Shared, tokenizer: Tokenizer): Logprob[] {
  const draws = new Draws(seed, 'logprobs', text);
  return tokenizer.pieces(tokenizer.encode(text)).map((piece, index) => {
    draws.at(index);
    const share = 0.6 + 0.4 * draws.unit();
    const said = alternative(piece, share);
    const others: Alternative[] = [];
    for (let left = 1 - share; others.length < count - 1; left /= 2) {
      others.push(alternative(otherToken([piece, ...others.map(({ token }) => token)], draws, tokenizer), left / 2));
    }
    return { ...said, top_logprobs: count > 0 ? [said, ...others] : [] };
  });
}

function alternative(token: string, share: number): Alternative {
  return { token, bytes: [...Buffer.from(token)], logprob: Number(Math.log(share).toFixed(8)) };
}

function otherToken(known: readonly string[], draws: Draws, tokenizer: Tokenizer): string {
  for (;;) {
    const token = tokenizer.decode([draws.below(USUAL_TOKENS)]);
    if (/^ ?[a-z]+$/i.test(token) && !known.includes(token)) return token;
  }
}
