import { readable } from '../facts/facts.ts';
import { dataIn, dataOf, isObject } from '../json.ts';
import { lastAsked, type Prompt, rulesOf } from '../prompt.ts';
import { resultsOf } from './from-results.ts';
import { prefillOf } from './prefill.ts';

/** JSON mode names no schema: its keys are those of an example in the prompt, or the words that it quotes. */
export function guessedSchema(prompt: Prompt): unknown {
  const said = [rulesOf(prompt), lastAsked(prompt)?.text ?? ''].map((text) => readable(text)).join('\n');
  const example = dataIn(said, /[{[]\s*["{[]/);
  if (example !== undefined) return shapeOf(example);
  const results = resultsOf(prompt)
    .map(({ text }) => dataOf(text))
    .find(isObject);
  const named = [...new Set([...(keysIn(prefillOf(prompt)) ?? []), ...(keysIn(said) ?? [])])];
  if (named.length === 0) named.push(...Object.keys(results ?? { title: 0, answer: 0, keywords: 0 }));
  const properties = Object.fromEntries(
    named.map((key) => [key, keyShape(key, results && Object.hasOwn(results, key) ? results[key] : undefined)]),
  );
  const object = { type: 'object', properties, required: named };
  // `response_format: json_object` allows no list at the top.
  return prompt.format.kind === 'text' && /\b(array|list) of\b/i.test(said)
    ? { type: 'array', items: object, minItems: 2 }
    : object;
}

const LISTED =
  /\b(?:keys?|fields?|properties|attributes)\b(?: named| called)?:?\s{1,3}((?:\w{1,40}(?:, and |, | and | & |,))*\w{1,40})/i;
/** As in "a person with a name, an age and a list of hobbies". */
const HAVING =
  /\b(?:with|containing|including|having|has|contains|of the form|consisting of) ((?:(?:an?|the|its|their|his|her|list of|array of) ){0,3}\w{1,40}(?:(?:, and |, | and )(?:(?:an?|the|its|their|his|her|list of|array of) ){0,3}\w{1,40}){1,20})/i;
const NO_KEYS = /^(?:json|nothing|else|only|format|object|markdown|explanations?|comments|no|any)$/i;
const BETWEEN = /, and |, ?| and | & /;
/** As in TypeScript: `{ name: string, age: number }`. */
const TYPED = /[{,;]\s{0,9}["'`]?([A-Za-z_]\w{0,40})["'`]?\??\s{0,9}:/g;

function keysIn(said: string): string[] | null {
  const start = said.indexOf('{');
  const typed = start < 0 ? [] : [...said.slice(start).matchAll(TYPED)].map(([, key]) => key as string);
  if (typed.length > 0) return [...new Set(typed)];
  const quoted = [...said.matchAll(/["'`]([A-Za-z_]\w{0,40})["'`]/g)].map(([, key]) => key as string);
  if (quoted.length > 0) return [...new Set(quoted)];
  const listed = (LISTED.exec(said) ?? HAVING.exec(said))?.[1];
  const words = listed?.split(BETWEEN).map((key) => key.trim().split(' ').at(-1) ?? '');
  const keys = [...new Set(words?.filter((word) => word !== '' && !NO_KEYS.test(word)))];
  return keys.length > 0 ? keys : null;
}

function keyShape(key: string, result: unknown): unknown {
  if (result !== undefined) return { const: result };
  return /(s|list|array)$/i.test(key) && !/(ss|us|is)$/i.test(key)
    ? { type: 'array', items: { type: 'string' }, maxItems: 3 }
    : {};
}

function shapeOf(example: unknown): unknown {
  if (Array.isArray(example)) return { type: 'array', items: example.length > 0 ? shapeOf(example[0]) : {} };
  if (isObject(example)) {
    const properties = Object.fromEntries(Object.entries(example).map(([key, inner]) => [key, shapeOf(inner)]));
    return { type: 'object', properties, required: Object.keys(properties) };
  }
  return example === null ? {} : { type: typeof example };
}
