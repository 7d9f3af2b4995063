import { recordedHeaders } from '../headers.ts';
import { redactAcross } from '../redact/across-events.ts';
import type { Redactor } from '../redact/redactor.ts';
import { keptBody } from './body.ts';
import type { RecordedAnswer, ServerEvent } from './recording.ts';
import { parseEvents } from './server-events.ts';

/** A provider's answer as it is kept. */
export function recordedAnswer(
  { status, headers }: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  body: Buffer,
  redactor: Redactor,
): RecordedAnswer {
  const type = headers['content-type'] ?? '';
  const kept = redactor.value(recordedHeaders(headers)) as Record<string, string>;
  if (!isEventStream(type)) return { status, headers: kept, body: keptBody(body, type, redactor) };
  const events = redactAcross(parseEvents(body.toString('utf8')), redactor) as readonly ServerEvent[];
  return { status, headers: kept, body: { events } };
}

export function isEventStream(contentType: string): boolean {
  return /^text\/event-stream\b/i.test(contentType);
}
