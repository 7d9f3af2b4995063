import { type Amount, numberOf } from '../facts/amounts.ts';
import type { Material } from './material.ts';
import { fieldFor, match } from './ranked.ts';
import type { Wanted } from './wanted.ts';

const MONEY =
  /(price|cost|amount|total|subtotal|fee|budget|salary|balance|payment|revenue|tax|vat|sum|income|max|min)$/;
const COUNT = /(quantity|qty|count|size|number|guests|people|seats|items|pieces|units|copies|nights|days|num)$/;
/** What is a judgement, so that a number of the text is it only where the text says so. */
const JUDGED =
  /(confidence|probability|likelihood|similarity|share|ratio|score|percent|percentage|progress|lat|latitude|lng|lon|longitude|rating|stars)$/;
const ID = /(^|_)(id|number|no|code|reference|ref)$/;

/**
 * Numbers of the conversation that may be the wanted one, the likeliest first: what it names so, then by the words before
 * and behind it, and whether it is money.
 */
export function numbersSaid(wanted: Wanted, { facts, values, used }: Material): number[] {
  const named = values.get(wanted.name.toLowerCase());
  const field = fieldFor(facts.fields, wanted);
  const first = [typeof named === 'number' ? named : null, field === null ? null : leading(field)];
  const numbers = [...facts.amounts, ...digitIds({ facts }, wanted)];
  const scored = numbers
    // One that a value was made of already only where it is named so.
    .filter((amount) => !used.has(amount) || wordsScore(amount, { ...wanted, owner: [] }) > 0.2)
    .map((amount) => ({ amount, score: scoreOf(amount, wanted) }))
    .filter(({ score }) => score > 0.2 || (score >= 0 && !JUDGED.test(wanted.key)))
    .sort((a, b) => b.score - a.score || a.amount.at - b.amount.at);
  const [best] = scored;
  if (best) used.add(best.amount);
  return [...first.filter((value) => value !== null), ...scored.map(({ amount }) => amount.value)];
}

function leading(field: string): number | null {
  const written = /-?\d[\d.,'’]{0,30}/.exec(field)?.[0]?.replace(/[.,'’]{1,30}$/, '');
  return written === undefined ? null : numberOf(written);
}

/** Postal codes and ids, for numbers that are called so. */
function digitIds({ facts }: Pick<Material, 'facts'>, { key }: Wanted): Amount[] {
  const some = /zip|postal|postcode/.test(key) ? facts.zips : ID.test(key) ? facts.ids : [];
  return some
    .filter(({ value }) => /^\d{1,15}$/.test(value))
    .map((fact) => ({ ...fact, value: Number(fact.value), unit: [], currency: null }));
}

function wordsScore({ label, unit }: Pick<Amount, 'label' | 'unit'>, wanted: Wanted): number {
  return match(wanted, label) + match(wanted, unit);
}

function scoreOf({ currency, unit, label, value }: Amount, wanted: Wanted): number {
  const words = wordsScore({ label, unit }, wanted);
  const isMoney = currency !== null;
  if (MONEY.test(wanted.key)) return words + (isMoney ? 1 : unit.length > 0 ? -0.4 : 0);
  if (isMoney) return words - 1.5;
  if (/year$/.test(wanted.key)) return words + (Number.isInteger(value) && value > 1800 && value < 2200 ? 0.5 : -0.4);
  return words + (COUNT.test(wanted.key) && unit.length > 0 ? 0.4 : 0);
}
