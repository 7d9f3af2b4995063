import { describe, expect, it } from 'vitest';
import { baselineKey, baselineWords, changedSince, isBaseline } from '../../../../src/core/data/baseline.ts';
import { roomFor } from '../../../../src/core/gc/baselines.ts';

const content = {
  migrate: null,
  seeds: [],
  allow: [],
  redis: [],
  spares: 2,
  position: 0,
  unshared: null,
  baseline: 'new',
  parts: { 'services.db': '#1', 'data.migrate.run': 'migrate', 'seed.sql': '#2', 'more.sql': '#3' },
};

describe('a baseline', () => {
  it('is named by its content and by what made its files', () => {
    const image = `sha256:${'ab'.repeat(32)}`;
    expect(baselineKey('0123456789abcdef', image)).toBe('baseline-0123456789abcdef-abababababab');
    expect(baselineKey('0123456789abcdef', 'postgres-17.10.0')).toBe('baseline-0123456789abcdef-postgres-17.10.0');
    expect(isBaseline(baselineKey('0', image))).toBe(true);
    expect(isBaseline('postgres-17-0123456789abcdef')).toBe(false);
    expect(baselineWords('baseline-0123456789abcdef-x')).toBe('baseline 01234567');
  });

  it('is given a second copy only where that leaves room', () => {
    const record = (key: string, sizeBytes: number) => {
      return { key, sizeBytes, created: '', lastUsed: '', madeBy: null, project: 'shop' };
    };
    const records = [record('baseline-a', 3), record('baseline-b', 4), record('postgres-17', 100)];
    expect(roomFor(records, 'baseline-a', 10)).toBe(true);
    expect(roomFor(records, 'baseline-b', 10)).toBe(false);
  });
});

describe('what has changed since data was loaded', () => {
  it('is nothing for the same, and for data that devenv has not loaded', () => {
    expect(changedSince(content, { state: 'loaded', baseline: 'new' })).toBeNull();
    expect(changedSince(content, { state: 'foreign', baseline: null })).toBeNull();
  });

  it('is named part by part, where there is a record of them', () => {
    const parts = { 'services.db': '#1', 'data.migrate.run': 'migrate up', 'seed.sql': '#0', 'old.sql': '#4' };
    expect(changedSince(content, { state: 'loaded', baseline: 'old', parts })).toBe(
      'data.migrate.run migrate up → migrate since, more.sql is new since, old.sql is gone since, seed.sql changed since',
    );
    expect(changedSince(content, { state: 'loaded', baseline: 'old' })).toBe('migrations or seeds have changed since');
  });
});
