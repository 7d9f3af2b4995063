import { parse } from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDotenv } from '../../../src/config/format-dotenv.ts';

describe('formatDotenv', () => {
  it.each(['\\', 'a b\\', "it's\\", 'C:\\new\\', '~\\'])('keeps a backslash at the end to itself: %s', (value) => {
    const lines = [formatDotenv('A', value), formatDotenv('B', '\nx'), formatDotenv('C', '')];
    expect(parse(lines.join('\n'))).toEqual({ A: value, B: '\nx', C: '' });
  });

  it('never lets one value swallow another', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '`', '\\', '\n', '#', '=', '$'), maxLength: 5 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (values) => {
        const pairs = values
          .map((value, index) => [`N${index}`, value, formatDotenv(`N${index}`, value)] as const)
          .filter(([, , line]) => line !== null);
        const found = parse(pairs.map(([, , line]) => line).join('\n'));
        expect(found).toEqual(Object.fromEntries(pairs.map(([name, value]) => [name, value])));
      }),
      { numRuns: 2_000 },
    );
  });
});
