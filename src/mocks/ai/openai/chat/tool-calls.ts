import type { Turn } from '../../prompt.ts';
import { badRequest } from '../../refusal.ts';

/** Calls that wait for their results. */
interface Open {
  readonly ids: readonly string[];
  readonly answered: ReadonlySet<string>;
}

/**
 * Throws unless every call of a tool is answered right behind it, and every answer is one to a call: what the API is as
 * strict about. Turns are as many as messages.
 */
export function checkToolCalls(turns: readonly Turn[]): void {
  let open: Open | null = null;
  for (const [index, turn] of turns.entries()) {
    if (turn.role === 'tool') {
      open = answered(open, turn.callId, index);
    } else {
      settled(open, index);
      open = turn.role === 'assistant' && turn.calls.length > 0 ? opened(turn.calls) : null;
    }
  }
  settled(open, turns.length);
}

function opened(calls: readonly { readonly id: string }[]): Open {
  return { ids: calls.map(({ id }) => id), answered: new Set() };
}

function answered(open: Open | null, id: string, index: number): Open {
  if (!open) {
    throw badRequest(
      // As the API spells it.
      "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
      `messages.[${index}].role`,
    );
  }
  if (!open.ids.includes(id)) {
    throw badRequest(
      `Invalid parameter: 'tool_call_id' of '${id}' not found in 'tool_calls' of previous message.`,
      `messages.[${index}].tool_call_id`,
    );
  }
  return { ...open, answered: new Set([...open.answered, id]) };
}

function settled(open: Open | null, index: number): void {
  const missing = open?.ids.filter((id) => !open.answered.has(id)) ?? [];
  if (missing.length === 0) return;
  throw badRequest(
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      `The following tool_call_ids did not have response messages: ${missing.join(', ')}`,
    `messages.[${index}].role`,
  );
}
