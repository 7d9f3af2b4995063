import type { Fields } from '../fields.ts';
import type { ToolChoice } from '../prompt.ts';
import { badRequest } from '../refusal.ts';

const LEAST_BUDGET = 1024;
const DOCS = 'https://docs.claude.com/en/docs/build-with-claude/extended-thinking';

/** Whether the model is to think first; throws for what doesn't go together with it. `limit` is that of the answer. */
export function thinkingOf(body: Fields, choice: ToolChoice, limit: number | null): boolean {
  const thinking = body.inner('thinking');
  const type = thinking?.required('type', thinking.string('type')) ?? 'disabled';
  if (!thinking || !['enabled', 'adaptive'].includes(type)) return false;
  if (type === 'enabled') checkBudget(thinking, limit);
  if (choice.kind === 'named' || choice.kind === 'required') {
    throw badRequest('Thinking may not be enabled when tool_choice forces tool use.', 'tool_choice');
  }
  if ((body.number('temperature') ?? 1) !== 1) {
    throw badRequest(
      `\`temperature\` may only be set to 1 when thinking is enabled or in adaptive mode. Please consult our documentation at ${DOCS}#important-considerations-when-using-extended-thinking`,
      'temperature',
    );
  }
  return true;
}

function checkBudget(thinking: Fields, limit: number | null): void {
  const budget = thinking.required('budget_tokens', thinking.integer('budget_tokens'));
  if (budget < LEAST_BUDGET) {
    throw badRequest(`thinking.enabled.budget_tokens: Input should be greater than or equal to ${LEAST_BUDGET}`);
  }
  if (limit === null || budget < limit) return;
  throw badRequest(
    `\`max_tokens\` must be greater than \`thinking.budget_tokens\`. Please consult our documentation at ${DOCS}#max-tokens-and-context-window-size`,
  );
}
