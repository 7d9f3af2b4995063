import { describe, expect, it } from 'vitest';
import {
  APP_DATABASES,
  EMPTY,
  firstToGo,
  followBy,
  freeSlots,
  lags,
  MARKS,
  missingKeySpares,
  outdatedKeys,
  type RedisCopy,
  type RedisMarks,
  SAME,
} from '../../../../src/core/data/redis-copies.ts';

function copy(id: string, parts: Partial<RedisCopy> = {}): RedisCopy {
  const slots = { '0': APP_DATABASES };
  return { id, generation: null, origin: null, slots, keys: 1, created: '2026-01-01', complete: true, ...parts };
}

function marks(generation: string | null, copies: readonly RedisCopy[] = []): RedisMarks {
  return { environment: 'e', generation, copies };
}

describe('what brings keys to the life that the database leads', () => {
  const reset = { generation: 'g2', origin: 'baseline' };

  it('is a word where a database goes on with them', () => {
    expect(followBy({ generation: 'g2', origin: SAME }, marks('g1', [copy('x')]), false)).toEqual({
      do: 'adopt',
      lost: false,
    });
  });

  it('is owed where they are of another life, or nobody says of which while others wait', () => {
    expect(lags(reset, 'g1')).toBe(true);
    expect(lags(reset, null)).toBe(true);
    expect(lags(reset, 'g2')).toBe(false);
    expect(lags({ generation: 'g2', origin: '' }, null)).toBe(false);
    expect(lags({ generation: null, origin: '' }, 'g1')).toBe(false);
  });

  it('is nothing where they are there', () => {
    expect(followBy(reset, marks('g2'), false)).toEqual({ do: 'nothing' });
  });

  it('is a copy of that very life, a spare of its origin, or what Postgres keeps of it', () => {
    const kept = copy('life', { generation: 'g2' });
    const spare = copy('spare', { origin: 'baseline' });
    expect(followBy(reset, marks('g1', [spare, kept]), false)).toEqual({ do: 'swap', copy: kept });
    expect(followBy(reset, marks('g1', [copy('x', { origin: 'other' }), spare]), false)).toEqual({
      do: 'swap',
      copy: spare,
    });
    const halfMade = copy('spare', { origin: 'baseline', complete: false });
    expect(followBy(reset, marks('g1', [halfMade]), false)).toEqual({ do: 'load', origin: 'baseline' });
    expect(followBy({ generation: 'g2', origin: EMPTY }, marks('g1'), false)).toEqual({ do: 'empty' });
  });

  it('leaves them where nothing is kept of a life, and says so where others were to come', () => {
    expect(followBy({ generation: 'g0', origin: '' }, marks('g1'), false)).toEqual({ do: 'adopt', lost: true });
    expect(followBy({ generation: 'g0', origin: '' }, marks(null), true)).toEqual({ do: 'adopt', lost: false });
  });

  it('loads a Redis without marks only where it is empty and its database has just begun', () => {
    expect(followBy(reset, marks(null), true)).toEqual({ do: 'load', origin: 'baseline' });
    expect(followBy(reset, marks(null), false)).toEqual({ do: 'adopt', lost: false });
  });
});

describe('room for copies', () => {
  it('is in the databases that the app has not, but for the one with the marks', () => {
    const free = freeSlots(marks('g', [copy('a', { slots: { '0': 16, '3': 18 } })]));
    expect(free.slice(0, 3)).toEqual([17, 19, 20]);
    expect(free.at(-1)).toBe(MARKS - 1);
  });

  it('is made by what is half-made, then by the oldest, never by the one that is needed', () => {
    const old = copy('old', { created: '2025-01-01' });
    const half = copy('half', { complete: false });
    expect(firstToGo(marks('g', [copy('a'), old, half]), null)).toBe(half);
    expect(firstToGo(marks('g', [copy('a'), old]), null)).toBe(old);
    expect(firstToGo(marks('g', [old]), 'old')).toBeNull();
    expect(firstToGo(marks('g', [copy('none', { slots: {} })]), null)).toBeNull();
  });
});

describe('tidying copies of keys', () => {
  const kept = { generations: new Set(['g1']), baseline: 'baseline', spares: 1 };
  const spare = (id: string, origin = 'baseline') => copy(id, { origin });
  const all = [
    copy('undo', { generation: 'g1' }),
    copy('gone', { generation: 'g0' }),
    ...[spare('s1'), spare('s2'), spare('old', 'before')],
    copy('half', { origin: 'baseline', complete: false }),
  ];

  it('drops what nothing leads to, and what was cut off', () => {
    expect(outdatedKeys(marks('g2', all), kept).map(({ id }) => id)).toEqual(['gone', 's2', 'old', 'half']);
  });

  it('makes the spares that are missing', () => {
    expect(missingKeySpares(marks('g2', all), { ...kept, spares: 3 })).toBe(1);
    expect(missingKeySpares(marks('g2', all), { ...kept, baseline: null })).toBe(0);
  });
});
