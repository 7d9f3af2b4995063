import type { Fields } from '../fields.ts';
import { isObject, type JsonObject } from '../json.ts';
import { badRequest, Refusal } from '../refusal.ts';
import type { Kept, ResponseStore } from '../response-store.ts';

/** A conversation that the server keeps between turns (beta `message-threads`): requests send only what is new. */
export interface Thread {
  /** The request as if it had brought all. */
  readonly body: Fields;
  /** What is kept together with the answer. */
  readonly keep: Omit<Kept, 'response'>;
}

export function threadOf(sent: Fields, store: ResponseStore): Thread | null {
  const thread = sent.inner('thread');
  if (!thread) return null;
  const input = (sent.list('messages') ?? []).filter(isObject);
  const type = thread.required('type', thread.oneOf('type', ['create', 'continue']));
  const { system, tools } = sent.object;
  if (type === 'create') return { body: sent, keep: { input, previous: null, setup: { system, tools } } };
  for (const name of ['system', 'tools']) {
    if (sent.raw(name) !== null) throw badRequest(`${name}: may not be given when a thread is continued`, name);
  }
  const previous = thread.required('previous_message_id', thread.string('previous_message_id'));
  const found = store.conversation(previous);
  if ('missing' in found) {
    const more = { error_code: 'thread_not_found' };
    throw new Refusal('not-found', `thread: no message ${found.missing} to continue from`, { more });
  }
  const setup: JsonObject = found[0]?.setup ?? {};
  const messages = [...found.flatMap(messagesOf), ...input];
  return { body: sent.other({ ...sent.object, ...setup, messages }), keep: { input, previous, setup } };
}

function messagesOf({ input, response }: Kept): JsonObject[] {
  return [...input, { role: 'assistant', content: response.content }];
}
