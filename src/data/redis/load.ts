import type { RedisConnection } from './connection.ts';
import { type Command, type RedisEntry, writesOf } from './entry.ts';
import type { RedisPlan } from './plan.ts';
import type { Row } from './values.ts';
import { WRITE_KEYS } from './write-keys.ts';

export interface LoadOptions {
  readonly connection: RedisConnection;
  /** Rows of a table, read while they are needed. */
  readonly rowsOf: (table: string, columns: readonly string[]) => AsyncIterable<Row>;
  /** Keys that exist are written anew; otherwise they stay as they are, whatever is in them. */
  readonly replace: boolean;
  readonly signal: AbortSignal;
  /** After each parcel: keys of all plans so far, those that stay included. */
  readonly progress: (keys: number) => void;
}

export interface Loaded {
  readonly written: number;
  readonly kept: number;
}

/** Names and values in one parcel: more would keep other clients waiting, fewer take longer. */
const WORDS = 16_000;
/** From here on a key is written alone, in several steps. */
const LARGE = 40_000;

/**
 * Writes the keys of plans, one after the other, in parcels: one is made while the one before is written, and no more
 * than these are in memory. Each key is written whole or not at all, but for those that are too large for a parcel.
 */
export async function loadRedis(plans: readonly RedisPlan[], options: LoadOptions): Promise<Loaded> {
  const writer = new Writer(options);
  for (const plan of plans) {
    let n = 0;
    if (plan.rows) {
      for await (const row of options.rowsOf(plan.rows.table, plan.rows.columns)) {
        if (!writer.take(plan.entry(n, row))) await writer.send();
        n += 1;
      }
    }
    for (; n < (plan.count ?? 0); n += 1) if (!writer.take(plan.entry(n, null))) await writer.send();
  }
  return writer.end();
}

class Writer {
  readonly #options: LoadOptions;
  #parcel: string[] = [];
  #keys = 0;
  #large:
    | { readonly entry: RedisEntry; readonly first: readonly Command[]; readonly rest: Iterator<Command> }
    | undefined;
  #before: Promise<void> = Promise.resolve();
  #written = 0;
  #kept = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  /** False when it is time to send. */
  take(entry: RedisEntry | null): boolean {
    if (!entry) return true;
    const commands: Command[] = [];
    let words = 0;
    const rest = writesOf(entry)[Symbol.iterator]();
    for (let next = rest.next(); !next.done; next = rest.next()) {
      commands.push(next.value);
      words += next.value.length;
      if (words < LARGE) continue;
      this.#large = { entry, first: commands, rest };
      return false;
    }
    if (commands.length > 0) this.#pack(entry, commands);
    return this.#parcel.length < WORDS;
  }

  /** As the script reads it. */
  #pack({ key, ttl }: RedisEntry, commands: readonly Command[]): void {
    const parcel = this.#parcel;
    parcel.push(key, ttl === null ? '' : String(ttl), String(commands.length));
    for (const command of commands) {
      parcel.push(String(command.length - 1));
      for (let at = 0; at < command.length; at += 1) if (at !== 1) parcel.push(command[at] ?? '');
    }
    this.#keys += 1;
  }

  /** Waits for the parcel before, so that two are on their way at most. */
  async send(): Promise<void> {
    await this.#before;
    this.#options.signal.throwIfAborted();
    this.#before = this.#deliver(this.#parcel, this.#keys);
    // Whoever waits for it next is told.
    this.#before.catch(() => {});
    this.#parcel = [];
    this.#keys = 0;
    if (this.#large) await this.#before.then(() => this.#deliverLarge());
  }

  async end(): Promise<Loaded> {
    await this.send();
    await this.#before;
    return { written: this.#written, kept: this.#kept };
  }

  async #deliver(parcel: readonly string[], keys: number): Promise<void> {
    if (keys === 0) return;
    const { connection, replace } = this.#options;
    const [reply] = await connection.run([['EVAL', WRITE_KEYS, '0', replace ? '1' : '0', ...parcel]]);
    this.#count(Number(reply), keys);
  }

  async #deliverLarge(): Promise<void> {
    const { connection, replace, signal } = this.#options;
    if (!this.#large) return;
    const {
      entry: { key, ttl },
      first,
      rest,
    } = this.#large;
    this.#large = undefined;
    const [found] = await connection.run([[replace ? 'UNLINK' : 'EXISTS', key]]);
    if (found === 1 && !replace) return this.#count(0, 1);
    for (let commands = first; commands.length > 0; commands = upTo(LARGE, rest)) {
      signal.throwIfAborted();
      await connection.run(commands);
    }
    if (ttl !== null) await connection.run([['PEXPIRE', key, String(ttl)]]);
    this.#count(1, 1);
  }

  #count(written: number, keys: number): void {
    this.#written += written;
    this.#kept += keys - written;
    this.#options.progress(this.#written + this.#kept);
  }
}

function upTo(limit: number, rest: Iterator<Command>): readonly Command[] {
  const commands: Command[] = [];
  let words = 0;
  while (words < limit) {
    const next = rest.next();
    if (next.done) break;
    commands.push(next.value);
    words += next.value.length;
  }
  return commands;
}
