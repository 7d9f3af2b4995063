export type Word = string | Buffer;

/** A connection to one Redis. Words and replies are bytes: keys and values may be any. */
export interface RedisConnection {
  /** Sends all at once. Replies in order; strings are Buffers. Throws a UserError for the first command that is refused. */
  run(commands: readonly (readonly Word[])[]): Promise<readonly unknown[]>;
}
