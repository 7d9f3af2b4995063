export type Word = string | Buffer;

/** A connection on which words and replies are bytes: keys and values of Redis may be any. */
export interface ByteConnection {
  /** Sends all at once. Replies in order; strings are Buffers. Throws a UserError for the first command that is refused. */
  bytes(commands: readonly (readonly Word[])[]): Promise<readonly unknown[]>;
}

/** A Redis that was proven to be this environment's. */
export interface RedisServer {
  readonly name: string;
  /** Opens a connection for as long as `use` runs. */
  within<T>(use: (connection: ByteConnection) => Promise<T>): Promise<T>;
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
export async function evaluate(connection: ByteConnection, script: string, words: readonly Word[]): Promise<unknown> {
  const [reply] = await connection.bytes([['EVAL', script, '0', ...words]]);
  return reply;
}
