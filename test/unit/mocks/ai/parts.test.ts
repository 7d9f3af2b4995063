import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paced, wholeAfterMs } from '../../../../src/mocks/ai/pace.ts';
import { harmed } from '../../../../src/mocks/parts.ts';
import type { Answer, Part } from '../../../../src/mocks/provider.ts';

describe('the pace of a stream', () => {
  it('sends everything at once where there is no time between, after the first token', () => {
    const pieces = ['a', 'b'].map((data) => ({ data, tokens: 1 }));
    expect(paced(pieces, { ttftMs: 20, tokensPerSecond: null })).toEqual([{ afterMs: 20, data: 'ab' }]);
  });

  it('keeps the order, and takes the time of its tokens', () => {
    const pieces = fc.array(fc.record({ data: fc.string({ minLength: 1, maxLength: 3 }), tokens: fc.nat(2) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(pieces, fc.nat(500), fc.integer({ min: 1, max: 20_000 }), (list, ttftMs, tokensPerSecond) => {
        const parts = paced(list, { ttftMs, tokensPerSecond });
        expect(parts.map(({ data }) => data).join('')).toBe(list.map(({ data }) => data).join(''));
        expect(parts.every(({ afterMs }) => afterMs >= 0 && Number.isInteger(afterMs))).toBe(true);
        const tokens = list.reduce((sum, piece) => sum + piece.tokens, 0);
        const took = parts.reduce((sum, { afterMs }) => sum + afterMs, 0);
        expect(Math.abs(took - wholeAfterMs(tokens, { ttftMs, tokensPerSecond }))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('sends each token in its time where timers can keep it', () => {
    const pieces = ['a', 'b', 'c'].map((data) => ({ data, tokens: 1 }));
    expect(paced(pieces, { ttftMs: 100, tokensPerSecond: 100 })).toEqual([
      { afterMs: 110, data: 'a' },
      { afterMs: 10, data: 'b' },
      { afterMs: 10, data: 'c' },
    ]);
  });
});

describe('faults', () => {
  const answer = (parts: Part[]): Answer => ({ status: 200, headers: {}, parts, told: { summary: '' } });

  it('cut an answer in its middle, wherever its parts are', () => {
    const lists = fc.array(fc.record({ afterMs: fc.nat(5), data: fc.string() }));
    fc.assert(
      fc.property(lists, (parts) => {
        const { cut, parts: kept } = harmed(answer(parts), { kind: 'cut' });
        const joined = (list: Iterable<Part>) =>
          Buffer.concat([...list].map(({ data }) => Buffer.from(data as string)));
        const whole = joined(parts);
        expect(cut).toBe(true);
        expect(joined(kept as Part[])).toEqual(whole.subarray(0, Math.floor(whole.length / 2)));
      }),
    );
  });

  it('make an answer begin later', () => {
    const { parts } = harmed(
      answer([
        { afterMs: 5, data: 'a' },
        { afterMs: 5, data: 'b' },
      ]),
      { kind: 'slow', ms: 100 },
    );
    expect([...(parts as Part[])].map(({ afterMs }) => afterMs)).toEqual([105, 5]);
  });
});
