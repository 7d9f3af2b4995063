import { dataOf, isObject } from '../json.ts';
import type { Prompt, Turn } from '../prompt.ts';
import { capitalized } from './words.ts';

interface Result {
  readonly tool: string;
  readonly text: string;
}

/** What tools gave since the user last asked something. */
export function resultsOf({ turns }: Prompt): Result[] {
  const asked = turns.findLastIndex(({ role }) => role === 'user');
  const calls = new Map(
    turns.flatMap((turn) => (turn.role === 'assistant' ? turn.calls : [])).map(({ id, name }) => [id, name]),
  );
  return turns
    .slice(asked + 1)
    .filter((turn): turn is Extract<Turn, { role: 'tool' }> => turn.role === 'tool')
    .map(({ callId, text }) => ({ tool: calls.get(callId) ?? 'the tool', text }));
}

/** An answer that passes on what tools gave. */
export function fromResults(results: readonly Result[]): string {
  return results.map(({ tool, text }) => `According to ${tool}, ${clause(dataOf(text) ?? text)}`).join(' ');
}

/** Data as a sentence. */
export function told(value: unknown): string {
  return capitalized(clause(value));
}

function clause(value: unknown): string {
  if (isObject(value)) {
    const facts = Object.entries(value).map(([key, inner]) => `${spaced(key)} is ${inWords(inner)}`);
    return facts.length === 0 ? 'there is nothing to report.' : `${joined(facts)}.`;
  }
  if (Array.isArray(value))
    return value.length === 0 ? 'nothing was found.' : `the result is ${joined(value.map(inWords))}.`;
  const text = inWords(value).trim();
  return text === '' ? 'it is done.' : /[.!?]$/.test(text) ? text : `the result is ${text}.`;
}

function inWords(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return joined(value.map(inWords));
  if (isObject(value)) return joined(Object.entries(value).map(([key, inner]) => `${spaced(key)} ${inWords(inner)}`));
  return String(value);
}

function joined(list: readonly string[]): string {
  return list.length < 2 ? (list[0] ?? 'nothing') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;
}

function spaced(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}
