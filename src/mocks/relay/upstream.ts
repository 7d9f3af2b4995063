import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Call } from '../provider.ts';

/** Its path has the query in it, and begins with a slash. */
export type Outgoing = Pick<Call, 'method' | 'path' | 'headers' | 'body'>;

export interface Incoming {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Not compressed, as it comes. */
  readonly body: Readable;
}

export interface Limits {
  readonly connectMs: number;
  /** Without a byte in either direction. */
  readonly silenceMs: number;
}

/** A model may think for minutes before its first word; the official SDKs wait ten. */
export const LIMITS: Limits = { connectMs: 10_000, silenceMs: 600_000 };

/** It was not answered, or not to the end. The message is our own: nothing of the request is in it. */
export class UpstreamError extends Error {
  readonly kind: 'unreachable' | 'silent';

  constructor(kind: UpstreamError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UpstreamError';
    this.kind = kind;
  }
}

/** Sends to this origin and to no other: of the path nothing is read as a host, and redirections are answers. */
export function send(outgoing: Outgoing, origin: URL, limits: Limits, signal: AbortSignal): Promise<Incoming> {
  const { method, path, headers, body } = outgoing;
  const request = origin.protocol === 'http:' ? plainRequest : tlsRequest;
  const options = { host: origin.hostname, port: origin.port || null, method, path, signal };
  return new Promise((resolve, reject) => {
    const length = body.length > 0 || method === 'POST' ? { 'content-length': String(body.length) } : {};
    const sent = request({ ...options, headers: { ...headers, host: origin.host, ...length } }, (response) => {
      try {
        resolve({ status: response.statusCode ?? 502, headers: headersOf(response), body: plain(response) });
      } catch (error) {
        response.destroy();
        reject(error);
      }
    });
    const fail = (kind: UpstreamError['kind'], why: string): void => {
      sent.destroy(new UpstreamError(kind, `${origin.host} ${why}`));
    };
    const connecting = setTimeout(() => fail('unreachable', 'takes no connection'), limits.connectMs);
    sent.on('socket', (socket) => {
      const connected = (): void => clearTimeout(connecting);
      if (socket.connecting) socket.once(origin.protocol === 'http:' ? 'connect' : 'secureConnect', connected);
      else connected();
    });
    sent.setTimeout(limits.silenceMs, () => fail('silent', 'has not answered for too long'));
    sent.on('close', () => clearTimeout(connecting));
    sent.on('error', (error: NodeJS.ErrnoException) => {
      reject(error instanceof UpstreamError || signal.aborted ? error : unreachable(origin, error));
    });
    sent.end(body);
  });
}

function unreachable({ host }: URL, { code }: NodeJS.ErrnoException): UpstreamError {
  return new UpstreamError('unreachable', `${host} can't be reached${code ? ` (${code})` : ''}`);
}

/** We ask for none, and some servers compress all the same. */
function plain(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding'];
  const decoder = encoding === undefined || encoding === 'identity' ? null : DECODERS[encoding];
  if (decoder === null) return response;
  if (!decoder) throw new UpstreamError('unreachable', `the answer is encoded in a way that is not understood`);
  const decoded = decoder();
  response.on('error', (error) => decoded.destroy(error));
  decoded.on('close', () => response.destroy());
  return response.pipe(decoded);
}

const DECODERS: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')] as const],
  );
  return Object.fromEntries(entries);
}
