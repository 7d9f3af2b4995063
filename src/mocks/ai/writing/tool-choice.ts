import { lastAsked, type Prompt, type Tool } from '../prompt.ts';
import { resultsOf } from './from-results.ts';
import { wordsOf } from './words.ts';

/**
 * Which tools are called now. Free to choose, the model calls the tool that fits the request best, once; with its result in
 * the conversation it answers.
 */
export function toolsToCall(prompt: Prompt): Tool[] {
  const { tools, choice, parallel } = prompt;
  if (tools.length === 0 || choice.kind === 'none') return [];
  if (choice.kind === 'named') return tools.filter(({ name }) => name === choice.name).slice(0, 1);
  if (choice.kind === 'auto' && resultsOf(prompt).length > 0) return [];
  const asked = new Set(wordsOf((lastAsked(prompt)?.text ?? '').toLowerCase()).map(stem));
  const scored = tools.map((tool) => ({ tool, score: scoreOf(tool, asked), named: isNamed(tool, asked) }));
  const best = scored.reduce((best, one) => (one.score > best.score ? one : best));
  return scored.filter((one) => one === best || (parallel && one.named)).map(({ tool }) => tool);
}

function scoreOf({ name, description }: Tool, asked: ReadonlySet<string>): number {
  const hits = (text: string): number => partsOf(text).filter((word) => asked.has(stem(word))).length;
  return 3 * hits(name) + hits(description);
}

/** All that its name says but the verb is asked for: `get_weather` in "the weather in Paris". */
function isNamed({ name }: Tool, asked: ReadonlySet<string>): boolean {
  const parts = partsOf(name).filter(
    (word) => !/^(get|set|find|search|fetch|lookup|list|create|make|run|do|the|for|to)$/.test(word),
  );
  return parts.length > 0 && parts.every((word) => asked.has(stem(word)));
}

function partsOf(text: string): string[] {
  return wordsOf(
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/[_-]/g, ' ')
      .toLowerCase(),
  );
}

function stem(word: string): string {
  return word.length > 3 ? word.replace(/(?:es|s|ing|ed)$/, '') : word;
}
