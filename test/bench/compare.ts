import { performance } from 'node:perf_hooks';
import { type Summary, summarise } from './statistics.ts';

/** What is measured side by side with others. */
export interface Contender {
  readonly name: string;
  /** Gets everything ready that isn't measured. */
  begin(): Promise<Attempt>;
}

/** One run; its disposal puts everything back, also when the run failed. */
export interface Attempt extends AsyncDisposable {
  run(): Promise<void>;
  /** After the run: frees processor and memory, deletes no data. */
  rest?(): Promise<void>;
}

export interface Rounds {
  readonly warmUps: number;
  readonly counted: number;
  readonly signal: AbortSignal;
}

/**
 * Milliseconds of every contender. They take turns (A B A B …), so that whatever else the machine does meanwhile hits
 * all of them alike. Data is deleted only after the last run: some file systems (ext4 without a journal) avoid inodes
 * that were freed in the last minutes and make new files several times slower meanwhile, which a user who makes an
 * environment doesn't see.
 */
export async function compare(contenders: readonly Contender[], rounds: Rounds): Promise<Record<string, Summary>> {
  const times = contenders.map((): number[] => []);
  const attempts: Attempt[] = [];
  await using _end = { [Symbol.asyncDispose]: () => endAll(attempts) };
  for (let round = 0; round < rounds.warmUps + rounds.counted; round++) {
    for (const [index, contender] of contenders.entries()) {
      rounds.signal.throwIfAborted();
      const ms = await timed(contender, attempts);
      if (round >= rounds.warmUps) times[index]?.push(ms);
    }
  }
  return Object.fromEntries(contenders.map(({ name }, index) => [name, summarise(times[index] ?? [])]));
}

/** For what keeps no state between runs, or none that has to be put back. */
export function repeating(name: string, run: () => Promise<void>): Contender {
  return { name, begin: async () => ({ run, [Symbol.asyncDispose]: async () => {} }) };
}

/** The same thing several times at once, measured until the last one is done. */
export function atOnce(contender: Contender, count: number): Contender {
  return {
    name: contender.name,
    async begin() {
      const attempts: Attempt[] = [];
      const dispose = async (): Promise<void> => {
        const ended = await Promise.allSettled(attempts.map(async (attempt) => attempt[Symbol.asyncDispose]()));
        for (const result of ended) if (result.status === 'rejected') throw result.reason;
      };
      try {
        for (let index = 0; index < count; index++) attempts.push(await contender.begin());
      } catch (error) {
        await dispose();
        throw error;
      }
      // All have to have ended before any is put back.
      const run = async (): Promise<void> => {
        const results = await Promise.allSettled(attempts.map((attempt) => attempt.run()));
        for (const result of results) if (result.status === 'rejected') throw result.reason;
      };
      const rest = async (): Promise<void> => {
        await Promise.all(attempts.map((attempt) => attempt.rest?.()));
      };
      return { run, rest, [Symbol.asyncDispose]: dispose };
    },
  };
}

async function timed(contender: Contender, attempts: Attempt[]): Promise<number> {
  const attempt = await contender.begin();
  attempts.push(attempt);
  const began = performance.now();
  await attempt.run();
  const ms = performance.now() - began;
  await attempt.rest?.();
  return ms;
}

async function endAll(attempts: readonly Attempt[]): Promise<void> {
  for (const attempt of attempts) await attempt[Symbol.asyncDispose]();
}
