import type { Call } from '../../provider.ts';
import { keptBody } from '../recording/body.ts';
import type { RecordedRequest } from '../recording/recording.ts';
import type { Redactor } from '../redact/redactor.ts';

/** A call as it is kept and compared. Headers are no part of it: they hold keys, versions and numbers drawn for one call. */
export function requestOf({ method, path, query, headers, body }: Call, redactor: Redactor): RecordedRequest {
  const sorted = new URLSearchParams(query);
  sorted.sort();
  const text = sorted.toString();
  return {
    method,
    path: redactor.text(text === '' ? path : `${path}?${text}`),
    body: keptBody(body, headers['content-type'] ?? '', redactor),
  };
}
