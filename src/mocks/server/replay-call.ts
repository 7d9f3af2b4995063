import { request } from 'node:http';
import { PREFIXES } from '../keys.ts';
import type { CallLog } from './call-log.ts';

/** Belong to the connection that a call came on. */
const OF_THE_CONNECTION = new Set(['connection', 'host', 'transfer-encoding', 'content-length', 'expect']);

/** Sends a call of the log again, over the mocks' own door, so that it is answered, told and logged like any other. */
export async function replayCall(kept: ReturnType<CallLog['call']>, port: number): Promise<boolean> {
  if (!kept) return false;
  const { call, provider } = kept;
  const query = call.query.toString();
  const prefix = PREFIXES[provider] === '/' ? '' : PREFIXES[provider];
  const headers = Object.fromEntries(Object.entries(call.headers).filter(([name]) => !OF_THE_CONNECTION.has(name)));
  const path = `${prefix}${call.path}${query === '' ? '' : `?${query}`}`;
  await new Promise<void>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method: call.method, path, headers, agent: false }, (response) => {
      // Cut where a rule says so: it was answered all the same.
      response.on('close', resolve).on('error', () => resolve());
      response.resume();
    });
    sent.on('error', reject);
    sent.end(call.body);
  });
  return true;
}
