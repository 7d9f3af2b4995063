import type { Turn } from '../../prompt.ts';
import { badRequest } from '../../refusal.ts';

/** Throws unless every call among the items has its output and every output its call, whatever is between them. */
export function checkToolCalls(turns: readonly Turn[]): void {
  const called = new Set<string>();
  const waiting = new Set<string>();
  for (const turn of turns) {
    for (const { id } of turn.role === 'assistant' ? turn.calls : []) {
      called.add(id);
      waiting.add(id);
    }
    if (turn.role !== 'tool') continue;
    if (!called.has(turn.callId)) {
      throw badRequest(`No tool call found for function call output with call_id ${turn.callId}.`, 'input');
    }
    waiting.delete(turn.callId);
  }
  const [first] = waiting;
  if (first !== undefined) throw badRequest(`No tool output found for function call ${first}.`, 'input');
}
