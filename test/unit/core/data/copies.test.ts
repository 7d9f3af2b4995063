import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Copy,
  type CopyKind,
  KEEPING,
  lastTogether,
  latest,
  missingSpares,
  outdated,
  resetBy,
} from '../../../../src/core/data/copies.ts';

const KINDS: readonly CopyKind[] = ['baseline', 'spare', 'undo', 'redo', 'snapshot'];

const copies = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      baseline: fc.constantFrom('a', 'b', null),
      label: fc.constant(''),
      created: fc.integer({ min: 0, max: 1e12 }).map((time) => new Date(time).toISOString()),
      sizeBytes: fc.integer({ min: 0, max: 3e9 }),
    }),
  )
  .map((all): readonly Copy[] => all.map((one, index) => ({ ...one, name: `copy ${index}` })));

function copy(kind: CopyKind, at: number, more: Partial<Copy> = {}): Copy {
  const created = new Date(at).toISOString();
  return { name: `${kind} ${at}`, kind, baseline: 'a', label: '', created, sizeBytes: 1_000_000, ...more };
}

describe('copies of the live database', () => {
  it('are reset by a spare, else by the baseline, and never by those of another', () => {
    const [spare, base, other] = [copy('spare', 2), copy('baseline', 1), copy('spare', 3, { baseline: 'b' })];
    expect(resetBy([base, other, spare], 'a')).toBe(spare);
    expect(resetBy([base, other], 'a')).toBe(base);
    expect(resetBy([other], 'a')).toBe(null);
  });

  it('are taken back on those databases that the last action was on', () => {
    const both = { a: [copy('undo', 1), copy('undo', 5)], b: [copy('undo', 1), copy('undo', 3), copy('redo', 9)] };
    const on = (a: readonly Copy[], b: readonly Copy[]) =>
      lastTogether(
        [
          { of: 'a', copies: a },
          { of: 'b', copies: b },
        ],
        'undo',
      );
    expect(on(both.a, both.b)).toEqual(['a']);
    expect(on(both.a.slice(0, 1), both.b)).toEqual(['b']);
    expect(on(both.a.slice(0, 1), both.b.slice(0, 1))).toEqual(['a', 'b']);
    expect(on([], both.b)).toEqual(['b']);
    expect(on([], [copy('redo', 1)])).toEqual([]);
  });

  it('are taken back newest first', () => {
    expect(latest([copy('undo', 2), copy('undo', 3), copy('redo', 4)], 'undo')?.created).toBe(copy('undo', 3).created);
    expect(latest([copy('spare', 1)], 'undo')).toBe(null);
  });

  it('go when nothing leads to them: beyond the ring, of another baseline, one spare too many', () => {
    const undos = [1, 2, 3, 4, 5, 6].map((at) => copy('undo', at));
    expect(outdated(undos, 'a', KEEPING)).toEqual([undos[0]]);
    const big = [1, 2, 3].map((at) => copy('undo', at, { sizeBytes: 3_000_000_000 }));
    expect(outdated(big, 'a', KEEPING)).toEqual([big[1], big[0]]);
    expect(outdated([copy('baseline', 1), copy('spare', 2)], 'b', KEEPING)).toHaveLength(2);
  });

  it('leave what a reset and an undo need, and every snapshot', () => {
    fc.assert(
      fc.property(copies, fc.constantFrom('a', 'b', null), (all, baseline) => {
        const gone = new Set(outdated(all, baseline, KEEPING));
        const left = all.filter((one) => !gone.has(one));
        expect([...gone].every(({ kind }) => kind !== 'snapshot')).toBe(true);
        expect(latest(left, 'undo')).toEqual(latest(all, 'undo'));
        expect(left.filter(({ kind }) => kind === 'undo').length).toBeLessThanOrEqual(KEEPING.undos);
        if (baseline === null) return;
        expect(resetBy(left, baseline)?.kind).toBe(resetBy(all, baseline)?.kind);
        expect(left.filter(({ kind }) => kind === 'spare').length).toBeLessThanOrEqual(KEEPING.spares);
        // Nothing more goes the next time.
        expect(outdated(left, baseline, KEEPING)).toEqual([]);
        const missing = missingSpares(left, baseline, KEEPING);
        expect(missing).toBe(KEEPING.spares - left.filter(({ kind }) => kind === 'spare').length);
      }),
    );
  });
});
