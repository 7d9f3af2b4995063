import type { Draws } from '../../../lib/draws.ts';
import type { Prompt, Reply } from '../prompt.ts';
import { textFor } from './text.ts';
import { toolsToCall } from './tool-choice.ts';

/** What the model answers when no rule says it. The generator of JSON is loaded when it is first needed. */
export function replyTo(prompt: Prompt, draws: Draws): Reply | Promise<Reply> {
  const tools = toolsToCall(prompt);
  if (tools.length === 0 && prompt.format.kind === 'text') return { text: textFor(prompt, draws), calls: [] };
  return structured(prompt, tools, draws);
}

async function structured(prompt: Prompt, tools: ReturnType<typeof toolsToCall>, draws: Draws): Promise<Reply> {
  const { inputFor, documentFor } = await import('./structured.ts');
  if (tools.length === 0) return { text: JSON.stringify(await documentFor(prompt, draws)), calls: [] };
  const calls = [];
  for (const tool of tools) {
    calls.push({ name: tool.name, input: JSON.stringify(await inputFor(tool, prompt, draws)) });
  }
  return { text: '', calls };
}
