import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../src/data/redis/entry.ts';
import { type LoadOptions, loadRedis } from '../../../../src/data/redis/load.ts';
import { planRedis } from '../../../../src/data/redis/plan.ts';
import { loadWorld } from '../../../../src/data/seed/values/index.ts';

const world = await loadWorld({ seed: 1, locale: 'en', now: 0 });

/** A Redis that only knows which keys were written. */
function recorder(existing: readonly string[] = []) {
  const keys = new Set(existing);
  const transactions: (readonly Command[])[] = [];
  const questions: Command[] = [];
  const connection = {
    async run(commands: readonly Command[]) {
      questions.push(...commands);
      return commands.map(([, ...asked]) => asked.filter((key) => keys.has(key)).length);
    },
    async together(commands: readonly Command[]) {
      transactions.push(commands);
      for (const [, key = ''] of commands) keys.add(key);
    },
  };
  return { connection, transactions, questions };
}

async function* none(): AsyncIterable<never> {}

async function load(description: Parameters<typeof planRedis>[0], options: Partial<LoadOptions> = {}) {
  const progress: number[] = [];
  const rest = { rowsOf: none, replace: false, signal: new AbortController().signal, ...options };
  const recorded = { connection: recorder().connection, ...rest, progress: (keys: number) => void progress.push(keys) };
  return { ...(await loadRedis(planRedis(description, world), recorded)), progress };
}

describe('loading keys into Redis', () => {
  it('asks once a batch, writes transactions and tells how far it is', async () => {
    const { connection, transactions, questions } = recorder();
    const result = await load({ a: { key: 'a:{n}', count: 1_200, string: 'x' } }, { connection });
    expect(result).toEqual({ written: 1_200, kept: 0, progress: [500, 1_000, 1_200] });
    expect(questions.map((question) => question.length)).toEqual([501, 501, 201]);
    expect(transactions.map((commands) => commands.length)).toEqual([500, 500, 200]);
  });

  it('keeps what is there, unless it is to be replaced', async () => {
    const description = { a: { key: 'a:{n}', count: 3, list: { length: 2, of: 'x' } } };
    const kept = recorder(['a:1']);
    expect(await load(description, { connection: kept.connection })).toMatchObject({ written: 2, kept: 1 });
    expect(kept.transactions.flat().map(([, key]) => key)).toEqual(['a:0', 'a:2']);
    const replaced = recorder(['a:1']);
    const options = { connection: replaced.connection, replace: true };
    expect(await load(description, options)).toMatchObject({ written: 3, kept: 0 });
    expect(replaced.transactions.flat().map(([name]) => name)).toEqual([1, 2, 3].flatMap(() => ['UNLINK', 'RPUSH']));
  });

  it('makes one key of rows that have the same', async () => {
    async function* rows() {
      for (const role of ['a', 'b', 'a']) yield { role };
    }
    const { connection, transactions } = recorder();
    const result = await load(
      { a: { key: 'role:{users.role}', set: { size: 1, of: 'x' } } },
      { connection, rowsOf: rows },
    );
    expect(result).toMatchObject({ written: 2, kept: 1 });
    expect(transactions.flat().map(([, key]) => key)).toEqual(['role:a', 'role:b']);
  });

  it('divides what is much: keys into transactions, and one that is very large, too', async () => {
    const { connection, transactions } = recorder();
    await load({ a: { key: 'a:{n}', count: 10, list: { length: 3_000, of: 'x' } } }, { connection });
    expect(transactions.length).toBeGreaterThanOrEqual(5);
    for (const commands of transactions) expect(new Set(commands.map(([, key]) => key)).size).toBeLessThanOrEqual(2);
    const large = recorder();
    await load({ a: { key: 'a', list: { length: 100_000, of: 'x' } } }, { connection: large.connection });
    const sizes = large.transactions.map((commands) => commands.flat().length);
    expect(sizes.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...sizes)).toBeLessThan(50_000);
  });

  it('counts no key that nothing would be in, and ends when it is told to', async () => {
    const empty = { a: { key: 'a:{n}', count: 3, list: { length: 0, of: 'x' } } };
    expect(await load(empty)).toMatchObject({ written: 0, kept: 0 });
    const controller = new AbortController();
    const progress = () => controller.abort(new Error('enough'));
    const many = planRedis({ a: { key: 'a:{n}', count: 5_000, string: 'x' } }, world);
    const { connection, transactions } = recorder();
    const options = { connection, rowsOf: none, replace: false, signal: controller.signal, progress };
    await expect(loadRedis(many, options)).rejects.toThrow('enough');
    expect(transactions).toHaveLength(1);
  });
});
