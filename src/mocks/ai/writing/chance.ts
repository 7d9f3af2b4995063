import type { Draws } from '../../../lib/draws.ts';

const NUMBER = /\b(?:number|integer|digit)\b[^.?!]{0,40}?\b(?:between|from) (-?\d{1,12}) (?:and|to) (-?\d{1,12})/i;
const ANY_NUMBER =
  /\b(?:give|pick|choose|tell|say|generate|name|think of)\b[^.?!]{0,20}\b(?:a|one)(?: random)? number\b/i;
const DICE = /\broll (?:a |the )?(?:dice|die|d(\d{1,3}))\b/i;
const COIN = /\b(?:flip|toss) (?:a |the )?coin\b/i;

/** What is to be left to chance; null for other requests. */
export function drawnAnswer(asked: string, draws: Draws): string | null {
  const [, from, to] = NUMBER.exec(asked) ?? [];
  if (from !== undefined && to !== undefined) {
    const [low, high] = [Math.min(Number(from), Number(to)), Math.max(Number(from), Number(to))];
    return String(draws.between(low, high));
  }
  if (ANY_NUMBER.test(asked)) return String(draws.between(1, 100));
  const dice = DICE.exec(asked);
  if (dice) return String(draws.between(1, Math.max(2, Number(dice[1] ?? 6))));
  return COIN.test(asked) ? draws.pick(['Heads', 'Tails']) : null;
}
