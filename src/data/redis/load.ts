import type { RedisConnection } from './connection.ts';
import { type Command, commandsOf, type RedisEntry } from './entry.ts';
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
  #large: { readonly key: string; readonly first: readonly Command[]; readonly rest: Iterator<Command> } | undefined;
  #before: Promise<void> = Promise.resolve();
  #written = 0;
  #kept = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  /** False when it is time to send. */
  take(entry: RedisEntry | null): boolean {
    if (!entry) return true;
    const rest = commandsOf(entry)[Symbol.iterator]();
    const commands: Command[] = [];
    let words = 0;
    for (let next = rest.next(); !next.done; next = rest.next()) {
      commands.push(next.value);
      words += next.value.length;
      if (words < LARGE) continue;
      this.#large = { key: entry.key, first: commands, rest };
      return false;
    }
    if (commands.length > 0) this.#pack(entry.key, commands);
    return this.#parcel.length < WORDS;
  }

  #pack(key: string, commands: readonly Command[]): void {
    this.#parcel.push(key, String(commands.length));
    for (const command of commands) this.#parcel.push(String(command.length), ...command);
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
    const { key = '', first = [], rest } = this.#large ?? {};
    this.#large = undefined;
    const [found] = await connection.run([[replace ? 'UNLINK' : 'EXISTS', key]]);
    if (found === 1 && !replace) return this.#count(0, 1);
    for (let commands = first; commands.length > 0 && rest; commands = upTo(LARGE, rest)) {
      signal.throwIfAborted();
      await connection.run(commands);
    }
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
