import type { Fields } from '../fields.ts';
import { badRequest } from '../refusal.ts';

/** Messages of one role in a row, which the API takes as one. */
interface Run {
  readonly role: unknown;
  /** Where its first message is in the request. */
  readonly index: number;
  readonly blocks: readonly Fields[];
}

/** Throws unless every use of a tool has its result at the beginning of the next message, and every result its use. */
export function checkToolResults(messages: readonly Fields[]): void {
  const runs = runsOf(messages);
  for (const [index, run] of runs.entries()) {
    if (run.role === 'user') checkResults(run, idsIn(runs[index - 1], 'tool_use', 'id'));
    else if (run.role === 'assistant') checkUses(run, runs[index + 1]);
  }
}

function runsOf(messages: readonly Fields[]): Run[] {
  const runs: Run[] = [];
  for (const [index, message] of messages.entries()) {
    const role = message.raw('role');
    const blocks = Array.isArray(message.raw('content')) ? (message.objects('content') ?? []) : [textBlock(message)];
    const last = runs.at(-1);
    if (last && last.role === role) runs[runs.length - 1] = { ...last, blocks: [...last.blocks, ...blocks] };
    else runs.push({ role, index, blocks });
  }
  return runs;
}

/** Of a message that is a text alone. */
function textBlock(message: Fields): Fields {
  return message.other({ type: 'text', text: message.raw('content') });
}

function idsIn(run: Run | undefined, type: string, name: string): string[] {
  return (run?.blocks ?? [])
    .filter((block) => block.raw('type') === type)
    .map((block) => block.required(name, block.string(name)));
}

function checkUses(run: Run, next: Run | undefined): void {
  const used = idsIn(run, 'tool_use', 'id');
  const uses = run.blocks.filter((block) => block.raw('type') === 'tool_use');
  const again = uses.find((_, index) => used.indexOf(used[index] ?? '') < index);
  if (again) throw badRequest(`${again.at}: \`tool_use\` ids must be unique`);
  const end = next?.blocks.findIndex((block) => block.raw('type') !== 'tool_result') ?? 0;
  const first = next && { ...next, blocks: end < 0 ? next.blocks : next.blocks.slice(0, end) };
  const results = idsIn(first, 'tool_result', 'tool_use_id');
  const missing = used.filter((id) => !results.includes(id));
  if (missing.length === 0) return;
  throw badRequest(
    `messages.${run.index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ` +
      `${missing.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
  );
}

function checkResults(run: Run, used: readonly string[]): void {
  const seen = new Set<string>();
  for (const block of run.blocks) {
    if (block.raw('type') !== 'tool_result') continue;
    const id = block.required('tool_use_id', block.string('tool_use_id'));
    if (!used.includes(id)) {
      throw badRequest(
        `${block.at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. ` +
          'Each `tool_result` block must have a corresponding `tool_use` block in the previous message.',
      );
    }
    if (seen.has(id)) {
      throw badRequest(
        `${block.at}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`,
      );
    }
    seen.add(id);
  }
}
