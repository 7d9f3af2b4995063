import type { RedisConnection, Word } from '../connection.ts';

/** A Redis that was proven to be this environment's. */
export interface RedisServer {
  readonly name: string;
  /** Opens a connection for as long as `use` runs. */
  within<T>(use: (connection: RedisConnection) => Promise<T>): Promise<T>;
}

/** Keys as they are kept outside of Redis: of one database of the app, with what DUMP gives and milliseconds to live. */
export interface KeyParcel {
  readonly database: number;
  readonly keys: readonly KeptKey[];
}

export interface KeptKey {
  readonly key: Buffer;
  /** 0: for ever. */
  readonly ttl: number;
  readonly payload: Buffer;
}

/** Sends a script; numbers are its answers. */
export async function evaluate(connection: RedisConnection, script: string, words: readonly Word[]): Promise<unknown> {
  const [reply] = await connection.run([['EVAL', script, '0', ...words]]);
  return reply;
}
