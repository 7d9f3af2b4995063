import { connect, type Socket } from 'node:net';
import { UserError } from '../core/errors.ts';
import type { Endpoint, Service } from '../core/stack.ts';
import { onAbort } from '../lib/on-abort.ts';
import { connectionWords } from '../lib/probe.ts';
import { type Command, encode, type Reply, ReplyError, ReplyReader } from './redis-protocol.ts';

type Named = Pick<Service, 'name' | 'password'>;

const CONNECT_MS = 5_000;

export interface Connection {
  /** Sends all at once. Replies in order; strings are Buffers. Throws a UserError for the first command that is refused. */
  run(commands: readonly Command[]): Promise<readonly Reply[]>;
}

/**
 * A connection for reading and writing keys. Refusals are UserErrors that name the service. One that is lost is not begun
 * again: nobody knows what has arrived. Written out because a reset waits for it: loading a client library takes longer
 * than all that is asked, and writes large parcels more slowly.
 */
export async function withRedis<T>(
  service: Named,
  { host, port }: Endpoint,
  signal: AbortSignal,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const socket = connect({ host, port, noDelay: true });
  const cutOff = (): void => void socket.destroy(new Error('no answer'));
  const tooLong = setTimeout(cutOff, CONNECT_MS);
  onAbort(signal, cutOff);
  const ask = talk(socket);
  const connection: Connection = {
    async run(commands) {
      try {
        return await ask(commands);
      } catch (cause) {
        signal.throwIfAborted();
        const words = cause instanceof ReplyError ? cause.message : connectionWords(cause as Error);
        throw new UserError(`${service.name}: ${words}`, { cause });
      }
    },
  };
  try {
    await connection.run([['AUTH', service.password.reveal()]]);
    clearTimeout(tooLong);
    return await use(connection);
  } finally {
    clearTimeout(tooLong);
    signal.removeEventListener('abort', cutOff);
    socket.destroy();
  }
}

interface Asked {
  readonly replies: Reply[];
  readonly count: number;
  readonly resolve: (replies: readonly Reply[]) => void;
  readonly reject: (error: Error) => void;
}

/** Gives what sends commands and collects their replies; several may be on their way. */
function talk(socket: Socket): (commands: readonly Command[]) => Promise<readonly Reply[]> {
  const asked: Asked[] = [];
  const reader = new ReplyReader();
  let lost: Error | undefined;
  const lose = (error: Error): void => {
    lost ??= error;
    for (const { reject } of asked.splice(0)) reject(lost);
  };
  const take = (reply: Reply): void => {
    const [first] = asked;
    if (!first) return;
    first.replies.push(reply);
    if (first.replies.length < first.count) return;
    asked.shift();
    const refused = first.replies.find((one) => one instanceof ReplyError);
    if (refused) first.reject(refused);
    else first.resolve(first.replies);
  };
  socket.on('data', (piece) => {
    try {
      for (const reply of reader.read(piece)) take(reply);
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
  socket.on('error', lose);
  socket.on('close', () => lose(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' })));
  return (commands) =>
    new Promise((resolve, reject) => {
      if (lost) return reject(lost);
      if (commands.length === 0) return resolve([]);
      asked.push({ replies: [], count: commands.length, resolve, reject });
      socket.cork();
      for (const piece of encode(commands)) socket.write(piece);
      socket.uncork();
    });
}
