import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../src/data/redis/entry.ts';
import { type LoadOptions, loadRedis } from '../../../../src/data/redis/load.ts';
import { planRedis } from '../../../../src/data/redis/plan.ts';
import { loadWorld } from '../../../../src/data/seed/values/index.ts';

const world = await loadWorld({ seed: 1, locale: 'en', now: 0 });

/** A Redis that only knows which keys were written, by the script or one by one. */
function recorder(existing: readonly string[] = []) {
  const keys = new Set(existing);
  const sent: Command[] = [];
  const written: string[] = [];
  const answer = ([name, ...rest]: Command): number => {
    if (name === 'EXISTS') return keys.has(rest[0] ?? '') ? 1 : 0;
    if (name !== 'EVAL') return written.push(`${name} ${rest[0]}`);
    const [, , replace, ...parcel] = rest;
    let count = 0;
    while (parcel.length > 0) {
      const [key = '', ttl, commands] = parcel.splice(0, 3);
      const inside = Array.from({ length: Number(commands) }, () => parcel.splice(0, Number(parcel.shift())));
      if (replace === '0' && keys.has(key)) continue;
      keys.add(key);
      written.push(...inside.map(([first]) => `${first} ${key}`), ...(ttl === '' ? [] : [`PEXPIRE ${key}`]));
      count += 1;
    }
    return count;
  };
  const connection = {
    async run(commands: readonly Command[]) {
      sent.push(...commands);
      return commands.map(answer);
    },
  };
  return { connection, sent, written };
}

async function* none(): AsyncIterable<never> {}

async function load(description: Parameters<typeof planRedis>[0], options: Partial<LoadOptions> = {}) {
  const progress: number[] = [];
  const rest = { rowsOf: none, replace: false, signal: new AbortController().signal, ...options };
  const recorded = { connection: recorder().connection, ...rest, progress: (keys: number) => void progress.push(keys) };
  return { ...(await loadRedis(planRedis(description, world), recorded)), progress };
}

describe('loading keys into Redis', () => {
  it('sends parcels and tells after each how far it is', async () => {
    const { connection, sent, written } = recorder();
    const result = await load({ a: { key: 'a:{n}', count: 6_000, string: 'x' } }, { connection });
    expect(result).toMatchObject({ written: 6_000, kept: 0 });
    expect(written).toHaveLength(6_000);
    expect(result.progress).toHaveLength(sent.length);
    expect(result.progress.at(-1)).toBe(6_000);
    expect(sent.length).toBeGreaterThan(1);
    for (const command of sent) expect(command.length).toBeLessThan(16_020);
  });

  it('keeps what is there, unless it is to be replaced', async () => {
    const description = { a: { key: 'a:{n}', count: 3, list: { length: 2, of: 'x' } } };
    const kept = recorder(['a:1']);
    expect(await load(description, { connection: kept.connection })).toMatchObject({ written: 2, kept: 1 });
    expect(kept.written).toEqual(['RPUSH a:0', 'RPUSH a:2']);
    const replaced = recorder(['a:1']);
    const options = { connection: replaced.connection, replace: true };
    expect(await load(description, options)).toMatchObject({ written: 3, kept: 0 });
    expect(replaced.written).toEqual(['RPUSH a:0', 'RPUSH a:1', 'RPUSH a:2']);
  });

  it('makes one key of rows that have the same', async () => {
    async function* rows() {
      for (const role of ['a', 'b', 'a']) yield { role };
    }
    const { connection, written } = recorder();
    const description = { a: { key: 'role:{users.role}', set: { size: 1, of: 'x' } } };
    expect(await load(description, { connection, rowsOf: rows })).toMatchObject({ written: 2, kept: 1 });
    expect(written).toEqual(['SADD role:a', 'SADD role:b']);
  });

  it('writes a key that is too large for a parcel alone, in steps, after what came before', async () => {
    const { connection, sent, written } = recorder();
    const description = {
      a: { key: 'a', string: 'x' },
      b: { key: 'b', ttl: '1h', list: { length: 100_000, of: 'x' } },
      c: { key: 'c', string: 'x' },
    };
    expect(await load(description, { connection })).toMatchObject({ written: 3, kept: 0, progress: [1, 2, 3] });
    expect([...new Set(written)]).toEqual(['SET a', 'RPUSH b', 'PEXPIRE b', 'SET c']);
    expect(sent.map(([name]) => name).filter((name) => name !== 'RPUSH')).toEqual([
      'EVAL',
      'EXISTS',
      'PEXPIRE',
      'EVAL',
    ]);
  });

  it('counts no key that nothing would be in, and ends when it is told to', async () => {
    const empty = { a: { key: 'a:{n}', count: 3, list: { length: 0, of: 'x' } } };
    expect(await load(empty)).toMatchObject({ written: 0, kept: 0 });
    const controller = new AbortController();
    const progress = () => controller.abort(new Error('enough'));
    const many = planRedis({ a: { key: 'a:{n}', count: 50_000, string: 'x' } }, world);
    const { connection, sent } = recorder();
    const options = { connection, rowsOf: none, replace: false, signal: controller.signal, progress };
    await expect(loadRedis(many, options)).rejects.toThrow('enough');
    expect(sent).toHaveLength(1);
  });
});
