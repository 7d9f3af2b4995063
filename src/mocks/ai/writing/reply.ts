import type { Draws } from '../../../lib/draws.ts';
import { lastAsked, type Prompt, type Reply, rulesOf } from '../prompt.ts';
import { continued, prefillOf } from './prefill.ts';
import { textFor } from './text.ts';
import { toolsToCall } from './tool-choice.ts';

/** What the model answers when no rule says it. The generator of JSON is loaded when it is first needed. */
export function replyTo(prompt: Prompt, draws: Draws): Reply | Promise<Reply> {
  const tools = toolsToCall(prompt);
  const asJson = prompt.format.kind !== 'text' || asksForJson(prompt);
  if (tools.length === 0 && !asJson) return { text: textFor(prompt, draws), calls: [] };
  return structured(prompt, tools, draws);
}

const JSON_ASKED =
  /\b(respond|reply|answer|return|output|give|produce|provide|format\w*)\b[^.\n]{0,60}\bJSON\b|\bJSON\b[^.\n]{0,20}\b(only|format|object|array)\b/i;

/** In words instead of a parameter, as apps do whose provider has none. */
function asksForJson(prompt: Prompt): boolean {
  return JSON_ASKED.test(rulesOf(prompt)) || JSON_ASKED.test(lastAsked(prompt)?.text ?? '');
}

async function structured(prompt: Prompt, tools: ReturnType<typeof toolsToCall>, draws: Draws): Promise<Reply> {
  const { inputsFor, documentFor } = await import('./structured.ts');
  if (tools.length === 0) {
    const document = await documentFor(prompt, draws);
    const begun = prefillOf(prompt);
    return { text: begun === '' ? JSON.stringify(document) : continued(begun, document), calls: [] };
  }
  const calls = [];
  for (const tool of tools) {
    const inputs = await inputsFor(tool, prompt, draws);
    calls.push(...inputs.map((input) => ({ name: tool.name, input: JSON.stringify(input) })));
  }
  return { text: '', calls };
}
