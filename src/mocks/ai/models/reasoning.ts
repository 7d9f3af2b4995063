/** Whether a model of OpenAI thinks before it answers; those that chat as `gpt-5-chat-latest` don't. */
export function isReasoning(model: string): boolean {
  return /^(?:ft:)?(?:o\d|codex|gpt-(?:[5-9]|\d\d)(?!(?:\.\d+)?-chat))/.test(model);
}
