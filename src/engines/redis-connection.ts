import type { RedisClientType } from '@redis/client';
import { messageOf, UserError } from '../core/errors.ts';
import type { Endpoint, Service } from '../core/stack.ts';
import { onAbort } from '../lib/on-abort.ts';

/** The name of a command and its arguments. */
type Command = readonly string[];

type Named = Pick<Service, 'name' | 'password'>;

/**
 * A connection for writing keys. Refusals are UserErrors that name the service. One that is lost is not begun again:
 * nobody knows what has arrived.
 */
export async function withRedis<T>(
  service: Named,
  endpoint: Endpoint,
  signal: AbortSignal,
  use: (connection: ReturnType<typeof connectionOf> & ReturnType<typeof byteConnectionOf>) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { default: redis } = await import('@redis/client');
  const { host, port } = endpoint;
  const client: RedisClientType = redis.createClient({
    password: service.password.reveal(),
    socket: { host, port, reconnectStrategy: false, connectTimeout: 5_000 },
    disableOfflineQueue: true,
  });
  const cutOff = (): void => client.destroy();
  // It is told by what is asked next.
  client.on('error', () => {});
  try {
    await inWords(service, signal, () => client.connect());
    onAbort(signal, cutOff);
    const inBytes = client.withTypeMapping({ [redis.RESP_TYPES.BLOB_STRING]: Buffer });
    return await use({ ...connectionOf(client, service, signal), ...byteConnectionOf(inBytes, service, signal) });
  } finally {
    signal.removeEventListener('abort', cutOff);
    if (client.isOpen) client.destroy();
  }
}

function connectionOf(client: RedisClientType, service: Named, signal: AbortSignal) {
  return {
    /** Sends all at once. Replies in order. */
    run: (commands: readonly Command[]): Promise<readonly unknown[]> =>
      inWords(service, signal, () => {
        const queue = client.multi();
        for (const command of commands) queue.addCommand(command as string[]);
        return queue.execAsPipeline();
      }),
  };
}

interface InBytes {
  sendCommand(words: (string | Buffer)[]): Promise<unknown>;
}

/** The same for keys and values that may be no text. */
function byteConnectionOf(client: InBytes, service: Named, signal: AbortSignal) {
  return {
    /** Sends all at once. Replies in order; strings are Buffers. */
    bytes: (commands: readonly (readonly (string | Buffer)[])[]): Promise<readonly unknown[]> =>
      inWords(service, signal, () => Promise.all(commands.map((words) => client.sendCommand([...words])))),
  };
}

async function inWords<T>({ name }: Named, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    signal.throwIfAborted();
    throw new UserError(`${name}: ${reason(cause)}`, { cause });
  }
}

/** Of several refusals the first. */
function reason(error: unknown): string {
  const { replies } = error as { readonly replies?: readonly unknown[] };
  const first = replies?.find((reply) => reply instanceof Error);
  return messageOf(first ?? error);
}
