import { factsIn, readable } from '../facts/facts.ts';
import { relationTo } from '../facts/related.ts';
import { isObject } from '../json.ts';
import { lastAsked, type Prompt, type Tool } from '../prompt.ts';
import { directAnswer } from './direct.ts';
import { resultsOf } from './from-results.ts';
import { smallTalk } from './small-talk.ts';
import { partsOf } from './words.ts';

/**
 * Which tools are called now. Free to choose, the model calls the tool that has most to do with the request, once; with its
 * result in the conversation it answers. A request that no tool has to do with gets the first one, if it is a question or
 * a command: an app's loop of tools is what is tried. Small talk, and what a model writes itself, gets none.
 */
export function toolsToCall(prompt: Prompt): Tool[] {
  const { tools, choice, parallel } = prompt;
  if (tools.length === 0 || choice.kind === 'none') return [];
  if (choice.kind === 'named') return tools.filter(({ name }) => name === choice.name).slice(0, 1);
  if (choice.kind === 'auto' && resultsOf(prompt).length > 0) return [];
  const asked = readable(wantedText(prompt));
  if (choice.kind === 'auto' && smallTalk(asked) !== null) return [];
  const words = [...new Set(meantWords(asked))].slice(0, MOST_WORDS);
  const held = heldIn(asked);
  const near = relationTo(words);
  const scored = tools.map((tool) => ({ tool, score: scoreOf(tool, near, held), named: isNamed(tool, near) }));
  const best = scored.reduce((best, one) => (one.score > best.score ? one : best));
  if (choice.kind === 'auto' && best.score < ENOUGH && !isForSomeTool(asked)) return [];
  return scored.filter((one) => one === best || (parallel && one.named)).map(({ tool }) => tool);
}

const MOST_WORDS = 300;
/** One word that means nearly what one of the description does. */
const ENOUGH = 0.6;
const FUNCTION_WORDS = new Set(
  `a about all an and any are as at be by can could did do does for from get give had has have how i if in into is it its
  let make me my need not of on or our out please show so some tell that the their them then there these this to us use
  user users want was were what when where which who why will with would you your`.split(/\s+/),
);
const VERBS = /^(?:get|set|find|search|fetch|lookup|look|list|create|make|run|add|update|delete|read|query|check)$/;
const AGREES = /^(?:yes|yep|yeah|sure|ok(?:ay)?|go ahead|do it|please do)\b[\w\s,.!]{0,20}$/i;
const WRITTEN =
  /\b(?:joke|poem|haiku|story|essay|limerick|song|slogan|riddle|explain|summari[sz]e|translate|rewrite|proofread)\b/i;
const REQUESTS =
  /\?\s*$|^(?:please |can you |could you |i (?:want|need|would like|am looking for) |i'm looking for )|^(?:who|what|when|where|why|how|which|is|are|do|does|did|can|could|will|should|tell|show|get|find|search|look|send|create|make|add|set|book|order|buy|cancel|delete|remove|update|check|list|call|open|start|stop|run|turn|schedule|remind|play|calculate|convert|give|fetch|read|use)\b/i;

/** What was asked for; of a plain "yes", what it agrees to. */
function wantedText(prompt: Prompt): string {
  const asked = lastAsked(prompt)?.text ?? '';
  const offered = prompt.turns.findLast(({ role }) => role === 'assistant')?.text ?? '';
  return offered !== '' && AGREES.test(asked.trim()) ? offered : asked;
}

/** A question or command that isn't answered by writing something or by what is obvious. */
function isForSomeTool(asked: string): boolean {
  return REQUESTS.test(asked.trim()) && !WRITTEN.test(asked) && directAnswer(asked, asked) === null;
}

function meantWords(text: string): string[] {
  return partsOf(text).filter((word) => word.length > 1 && !FUNCTION_WORDS.has(word));
}

/** How much a word has to do with what is asked for: `relationTo` its words. */
type Near = (word: string) => number;

function scoreOf({ name, description, schema }: Tool, near: Near, held: readonly RegExp[]): number {
  const parameters = isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [];
  const hits = (text: string): number =>
    meantWords(text.slice(0, 1000)).reduce((sum, word) => sum + near(word) * (VERBS.test(word) ? 0.4 : 1), 0);
  const kinds = held.filter((kind) => parameters.some((parameter) => kind.test(parameter))).length;
  return 3 * hits(name) + hits(description) + hits(parameters.slice(0, 30).join(' ')) + kinds;
}

/** The parameters that take what the text holds. */
function heldIn(text: string): RegExp[] {
  const { mails, urls, names, ids, matter } = factsIn(text);
  const kinds: readonly (readonly [boolean, RegExp])[] = [
    [mails.length > 0, /mail|^to$|recipient/i],
    [urls.length > 0, /url|link/i],
    [names.some(({ kind }) => kind === 'city'), /city|location|place|destination/i],
    [ids.length > 0, /id$|number$/i],
    [matter.sum !== null, /expression|formula/i],
  ];
  return kinds.flatMap(([isHeld, parameter]) => (isHeld ? [parameter] : []));
}

/** All that its name says but the verb is asked for: `get_weather` in "the weather in Paris". */
function isNamed({ name }: Tool, near: Near): boolean {
  const parts = meantWords(name).filter((word) => !VERBS.test(word));
  return parts.length > 0 && parts.every((word) => near(word) === 1);
}
