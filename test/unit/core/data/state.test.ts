import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CopyKind, latest } from '../../../../src/core/data/copies.ts';
import { readySpares, resetWay, timeLine } from '../../../../src/core/data/state.ts';
import { copy, databaseState } from '../../../support/copies.ts';

describe('the time line of a database', () => {
  it('has what can be done again ahead, and what can be gone back to behind, the newest first', () => {
    const state = databaseState([
      copy('baseline', 1),
      copy('undo', 2, { label: 'reset' }),
      copy('snapshot', 3, { label: 'mine' }),
      copy('undo', 4, { label: 'seed' }),
      copy('redo', 5, { label: 'restore' }),
      copy('redo', 6, { label: 'reset' }),
      copy('spare', 7),
    ]);
    const told = timeLine(state).map((moment) =>
      moment.kind === 'live'
        ? 'live'
        : [moment.kind, moment.copy.label, 'steps' in moment ? moment.steps : '']
            .filter((part) => part !== '')
            .join(' '),
    );
    expect(told).toEqual([
      'redo restore 2',
      'redo reset 1',
      'live',
      'undo seed 1',
      'snapshot mine',
      'undo reset 2',
      'baseline',
    ]);
  });

  it('has every copy but the spares once, and one step away what undo and redo take', () => {
    const kinds: readonly CopyKind[] = ['baseline', 'spare', 'undo', 'redo', 'snapshot'];
    const copies = fc.uniqueArray(fc.tuple(fc.constantFrom(...kinds), fc.nat(20)), { selector: ([, at]) => at });
    fc.assert(
      fc.property(copies, (made) => {
        const state = databaseState(made.map(([kind, at]) => copy(kind, at)));
        const line = timeLine(state);
        const shown = line.flatMap((moment) => (moment.kind === 'live' ? [] : [moment.copy]));
        expect(new Set(shown)).toEqual(new Set(state.copies.filter(({ kind }) => kind !== 'spare')));
        expect(shown.length).toBe(new Set(shown).size);
        for (const ring of ['undo', 'redo'] as const) {
          const next = line.find((moment) => moment.kind === ring && moment.steps === 1);
          expect(next && 'copy' in next ? next.copy : null).toBe(latest(state.copies, ring));
        }
      }),
    );
  });

  it('says whether a baseline is still what migrations and seeds make', () => {
    const line = timeLine(databaseState([copy('baseline', 1, { baseline: 'old' }), copy('baseline', 2)]));
    expect(line.flatMap((moment) => (moment.kind === 'baseline' ? [moment.current] : []))).toEqual([true, false]);
  });
});

describe('the way of a reset', () => {
  it('is a swap with a spare, a copy of the baseline, or all anew', () => {
    const base = copy('baseline', 1);
    expect(resetWay(databaseState([base, copy('spare', 2)]))).toBe('swap');
    expect(resetWay(databaseState([base, copy('spare', 2, { baseline: 'old' })]))).toBe('copy');
    expect(resetWay(databaseState([base], { baseline: 'new' }))).toBe('load');
    expect(resetWay(databaseState([base], { baseline: null }))).toBe(null);
  });

  it('counts the spares that fit', () => {
    const spares = [copy('spare', 2), copy('spare', 3, { baseline: 'old' }), copy('spare', 4)];
    expect(readySpares(databaseState(spares))).toBe(2);
    expect(readySpares(databaseState(spares, { baseline: null }))).toBe(0);
  });
});
