import { type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface EngineCall {
  method?: 'GET' | 'POST' | 'DELETE';
  body?: Readable;
  timeoutMs?: number;
}

/** One call of the Engine API over its socket; fails on any status from 400 up, with the engine's message. */
export async function callEngine(host: string, path: string, call: EngineCall = {}): Promise<string> {
  const response = await send(host, path, call);
  const answer = await text(response);
  if ((response.statusCode ?? 500) >= 400) throw new Error(`${call.method ?? 'GET'} ${path}: ${answer.trim()}`);
  return answer;
}

/** The engine's version, or undefined when nothing answers on this host. */
export async function engineVersion(host: string): Promise<string | undefined> {
  try {
    return JSON.parse(await callEngine(host, '/version', { timeoutMs: 2000 })).Version;
  } catch {
    return undefined;
  }
}

function send(host: string, path: string, { method = 'GET', body, timeoutMs }: EngineCall): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'Content-Type': 'application/x-tar' } : {};
    const signal = timeoutMs ? AbortSignal.timeout(timeoutMs) : undefined;
    const outgoing = request({ ...target(host), path, method, headers, signal }, resolve);
    outgoing.on('error', reject);
    if (!body) outgoing.end();
    else body.on('error', reject).pipe(outgoing);
  });
}

function target(host: string): { socketPath: string } | { host: string; port: string } {
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  const url = new URL(host.replace(/^tcp:/, 'http:'));
  return { host: url.hostname, port: url.port || '2375' };
}
