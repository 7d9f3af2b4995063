import type { Fields } from '../../fields.ts';
import { badRequest } from '../../refusal.ts';

/** Items that call, those that answer, and what the API calls them. */
const KINDS = [
  { call: 'function_call', output: 'function_call_output', name: 'function call' },
  { call: 'custom_tool_call', output: 'custom_tool_call_output', name: 'custom tool call' },
] as const;

/** Throws unless every call among the items has its output and every output its call, whatever is between them. */
export function checkToolCalls(items: readonly Fields[]): void {
  for (const { call, output, name } of KINDS) {
    const called = new Set<string>();
    const waiting = new Set<string>();
    for (const item of items) {
      const type = item.raw('type');
      if (type !== call && type !== output) continue;
      const id = item.required('call_id', item.string('call_id'));
      if (type === call) {
        called.add(id);
        waiting.add(id);
      } else {
        if (!called.has(id)) throw badRequest(`No tool call found for ${name} output with call_id ${id}.`, 'input');
        waiting.delete(id);
      }
    }
    const [first] = waiting;
    if (first !== undefined) throw badRequest(`No tool output found for ${name} ${first}.`, 'input');
  }
}
