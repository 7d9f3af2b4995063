import { get } from 'node:http';
import { connect } from 'node:net';
import { timeLimit } from './time-limit.ts';

/** Null when it is ready, else what was found instead: `connection refused`. */
export type Probe = (signal: AbortSignal) => Promise<string | null>;

/** What the library `pg` says instead of a code when the other side hangs up. */
const PG_HUNG_UP = 'Connection terminated unexpectedly';
const HOST = '127.0.0.1';
/** Of one attempt. Long, because the first request makes many a development server compile. */
const ATTEMPT_MS = 10_000;

export function httpUrl(port: number, path: string): string {
  return `http://${HOST}:${port}${path.startsWith('/') ? '' : '/'}${path}`;
}

export function tcpAddress(port: number): string {
  return `${HOST}:${port}`;
}

/** Ready when a GET is answered with 2xx or 3xx; redirects aren't followed. */
export function httpProbe(url: string): Probe {
  return (signal) =>
    new Promise((resolve) => {
      const limit = timeLimit(ATTEMPT_MS, signal);
      const finish = (found: string | null): void => {
        limit[Symbol.dispose]();
        resolve(found);
      };
      const request = get(url, { agent: false, signal: limit.signal }, (response) => {
        const status = response.statusCode ?? 0;
        response.destroy();
        finish(status >= 200 && status < 400 ? null : `answered ${status}`);
      });
      request.on('error', (error) => finish(connectionWords(error)));
    });
}

/**
 * Ready when a connection is accepted and, where that is asked for, stays open or says something: Docker's proxy accepts
 * before the container does, then hangs up.
 */
export function tcpProbe(port: number, options: { readonly staysOpenMs: number } = { staysOpenMs: 0 }): Probe {
  return (signal) =>
    new Promise((resolve) => {
      // Without the option `signal`: it leaves a listener behind for every connection that is refused.
      const socket = connect({ host: HOST, port });
      let staying: NodeJS.Timeout | undefined;
      const cutOff = (): void => finish('no answer');
      signal.addEventListener('abort', cutOff);
      socket.setTimeout(ATTEMPT_MS, cutOff);
      socket.once('connect', () => {
        if (options.staysOpenMs === 0) finish(null);
        else staying = setTimeout(finish, options.staysOpenMs, null);
      });
      socket.once('data', () => finish(null));
      socket.once('error', (error) => finish(connectionWords(error)));
      socket.once('close', () => finish('it closes every connection at once'));
      const finish = (found: string | null): void => {
        clearTimeout(staying);
        signal.removeEventListener('abort', cutOff);
        socket.destroy();
        resolve(found);
      };
    });
}

/** Whether anybody listens there. */
export async function isTaken(port: number, signal: AbortSignal): Promise<boolean> {
  return (await tcpProbe(port)(signal)) === null;
}

/** What kept a connection from being made or used, without the words of a library. */
export function connectionWords(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'connection refused';
  if (error.code === 'ECONNRESET' || error.message === PG_HUNG_UP) return 'connection closed without an answer';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'no answer';
  return error.message;
}
