import { type Answer, type Call, jsonAnswer, type Told } from '../provider.ts';
import type { Complaint, Dialect } from './dialects.ts';

/** An answer that is the relay's own and not the provider's: a header says so. */
export function complain(
  dialect: Dialect,
  complaint: Complaint,
  told: Told,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer(complaint.status, dialect.error(complaint), told, {
    headers: { 'x-devenv-relay': 'not from the provider', ...headers },
  });
}

/** Null for a call with the key that was minted for this environment. What came instead is never repeated: it may be a real one. */
export function refuseStranger(call: Call, dialect: Dialect, minted: string): Answer | null {
  const given = dialect.keyOf(call);
  if (given === minted) return null;
  const what = given === null ? 'has no key' : 'has another key than the one that was minted for this environment';
  const message = `The call ${what}, and nothing was sent on to ${dialect.title}. devenv env shows the key to use.`;
  return complain(dialect, { status: 401, message }, { summary: 'refused: not our key' });
}

/** `POST /v1/chat/completions gpt-4o`. */
export function summaryOf({ method, path, body }: Call): string {
  const model = /"model"\s*:\s*"([\w.:/-]{1,80})"/.exec(body.toString('latin1', 0, 4_096))?.[1];
  return [method.toLowerCase(), path.split('/').slice(2, 6).join('/'), model].filter(Boolean).join(' ');
}
