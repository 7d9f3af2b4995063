import { createHash } from 'node:crypto';
import type { RecordedRequest } from '../recording/recording.ts';
import { normalise } from './normalise.ts';

/** Equal for two calls that are the same one. */
export function identityOf(request: RecordedRequest): string {
  return createHash('sha256')
    .update(JSON.stringify(normalise(request)))
    .digest('hex');
}

/** `post-v1-chat-completions-3f2a91bc04.json`: the same call has the same file in every run. */
export function fileNameOf(request: RecordedRequest): string {
  const [path = ''] = request.path.split('?');
  const words = `${request.method}${path}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${words.slice(0, 80).replace(/^-+|-+$/g, '')}-${identityOf(request).slice(0, 10)}.json`;
}
