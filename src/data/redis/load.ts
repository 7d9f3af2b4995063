import { type Command, commandsOf, type RedisEntry } from './entry.ts';
import type { RedisPlan } from './plan.ts';
import type { Row } from './values.ts';

/** A connection to one Redis. */
export interface RedisConnection {
  /** Replies in order. Throws a UserError for the first command that is refused. */
  run(commands: readonly Command[]): Promise<readonly unknown[]>;
  /** The same as one transaction: all that it writes is there, or nothing. */
  together(commands: readonly Command[]): Promise<void>;
}

export interface LoadOptions {
  readonly connection: RedisConnection;
  /** Rows of a table, read while they are needed. */
  readonly rowsOf: (table: string, columns: readonly string[]) => AsyncIterable<Row>;
  /** Keys that exist are written anew; otherwise they stay as they are, whatever is in them. */
  readonly replace: boolean;
  readonly signal: AbortSignal;
  /** After each batch: keys of all plans so far, those that stay included. */
  readonly progress: (keys: number) => void;
}

export interface Loaded {
  readonly written: number;
  readonly kept: number;
}

/** How many keys are asked for and written at once. */
const KEYS = 500;
/** How many values and names go into one transaction: more would keep other clients waiting. */
const WORDS = 4_000;
/** From here on a single key is written in several of them. */
const LARGE = 40_000;

/**
 * Writes the keys of plans, one after the other, in batches: no more than one of them is in memory. Each key is written
 * whole or not at all, but for those that alone are more than a transaction takes.
 */
export async function loadRedis(plans: readonly RedisPlan[], options: LoadOptions): Promise<Loaded> {
  let written = 0;
  let kept = 0;
  for (const plan of plans) {
    for await (const batch of batches(plan, options)) {
      options.signal.throwIfAborted();
      const fresh = options.replace ? batch : await missing(batch, options.connection);
      written += await write(fresh, options);
      kept += batch.length - fresh.length;
      options.progress(written + kept);
    }
  }
  return { written, kept };
}

async function* batches(plan: RedisPlan, { rowsOf }: LoadOptions): AsyncIterable<readonly RedisEntry[]> {
  let batch: RedisEntry[] = [];
  const isFull = (n: number, row: Row | null): boolean => {
    const entry = plan.entry(n, row);
    return entry !== null && batch.push(entry) === KEYS;
  };
  const taken = (): readonly RedisEntry[] => {
    const full = batch;
    batch = [];
    return full;
  };
  let n = 0;
  if (plan.rows) {
    for await (const row of rowsOf(plan.rows.table, plan.rows.columns)) {
      if (isFull(n, row)) yield taken();
      n += 1;
    }
  }
  for (; n < (plan.count ?? 0); n += 1) if (isFull(n, null)) yield taken();
  if (batch.length > 0) yield taken();
}

/** Those whose keys don't exist; of several with the same key the first. One question is enough where none does. */
async function missing(batch: readonly RedisEntry[], connection: RedisConnection): Promise<readonly RedisEntry[]> {
  const seen = new Set<string>();
  const first = batch.filter(({ key }) => !seen.has(key) && seen.add(key));
  const [found] = await connection.run([['EXISTS', ...first.map(({ key }) => key)]]);
  if (found === 0) return first;
  const each = await connection.run(first.map(({ key }) => ['EXISTS', key]));
  return first.filter((_entry, index) => each[index] === 0);
}

/** How many keys there was something to write into. */
async function write(batch: readonly RedisEntry[], { connection, replace, signal }: LoadOptions): Promise<number> {
  let keys = 0;
  let commands: Command[] = [];
  let words = 0;
  const flush = async (): Promise<void> => {
    if (commands.length > 0) await connection.together(commands);
    commands = [];
    words = 0;
  };
  for (const entry of batch) {
    let isEmpty = true;
    if (replace) commands.push(['UNLINK', entry.key]);
    for (const command of commandsOf(entry)) {
      isEmpty = false;
      commands.push(command);
      words += command.length;
      if (words < LARGE) continue;
      signal.throwIfAborted();
      await flush();
    }
    keys += isEmpty ? 0 : 1;
    if (words >= WORDS) await flush();
  }
  await flush();
  return keys;
}
