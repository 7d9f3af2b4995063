import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Type } from '../../../../../src/data/seed/schema.ts';
import type { Value } from '../../../../../src/data/seed/value.ts';
import { decode, encode } from '../../../../../src/data/seed/values/index.ts';
import { scalar } from '../schema-of.ts';
import { TEXT } from './columns.ts';

const INT = scalar('int4');
const array = (element: Type): Type => ({ kind: 'array', name: '_x', element, dimensions: 1 });

describe('text form of values', () => {
  const cases: readonly (readonly [string, Type, Value, string])[] = [
    ['a day', scalar('date'), 0, '1970-01-01'],
    ['a leap day', scalar('date'), 11_016, '2000-02-29'],
    ['a day before Christ', scalar('date'), -719_163, '0001-12-31 BC'],
    ['a moment', scalar('timestamp'), 1_767_225_600_123, '2026-01-01 00:00:00.123'],
    ['a moment with its zone', scalar('timestamptz'), -1000, '1969-12-31 23:59:59+00'],
    ['microseconds', scalar('timestamp'), 0.001, '1970-01-01 00:00:00.000001'],
    ['a time', scalar('time'), 86_399_999, '23:59:59.999'],
    ['a time with its zone', scalar('timetz'), 60_000, '00:01:00+00'],
    ['an interval', scalar('interval'), 93_784_000, '1 day 02:03:04'],
    ['a negative interval', scalar('interval'), -172_800_000, '-2 days'],
    ['digits after the point', scalar('numeric', { precision: 8, scale: 3 }), 1.5, '1.500'],
    ['hundredths', scalar('numeric', { precision: 8, scale: 2 }), 0.07, '0.07'],
    ['negative hundredths', scalar('numeric', { precision: 8, scale: 2 }), -12.5, '-12.50'],
    ['money', scalar('money'), 1234.5, '1234.50'],
    ['many digits', scalar('numeric', { precision: 38, scale: 18 }), 0.1, '0.1'],
    ['a microsecond of this year', scalar('timestamp'), 1_767_225_600_000.001, '2026-01-01 00:00:00.000001'],
    ['a boolean', scalar('bool'), false, 'f'],
    ['text where a number could stand', scalar('date'), 'infinity', 'infinity'],
    ['an array', array(INT), { items: [1, null, 3] }, '{1,NULL,3}'],
    ['rows of an array', array(INT), { items: [{ items: [1, 2] }, { items: [3, 4] }] }, '{{1,2},{3,4}}'],
    ['quotes in an array', array(TEXT), { items: ['a b', 'null', '', 'x"\\', 'y'] }, '{"a b","null","","x\\"\\\\",y}'],
    ['boxes', array(scalar('box')), { items: ['(1,1),(0,0)', '(2,2),(0,0)'] }, '{"(1,1),(0,0)";"(2,2),(0,0)"}'],
    [
      'a composite',
      {
        kind: 'composite',
        name: 'c',
        fields: [
          { name: 'a', type: INT },
          { name: 'b', type: TEXT },
          { name: 'c', type: TEXT },
        ],
      },
      { fields: [1, null, 'x "y"'] },
      '(1,,"x ""y""")',
    ],
    ['a range', { kind: 'range', name: 'r', subtype: INT, multi: false }, { lower: 1, upper: null }, '[1,)'],
    [
      'a range of moments',
      { kind: 'range', name: 'r', subtype: scalar('timestamp'), multi: false },
      { lower: 0, upper: 1000 },
      '["1970-01-01 00:00:00","1970-01-01 00:00:01")',
    ],
    [
      'several ranges',
      { kind: 'range', name: 'r', subtype: INT, multi: true },
      {
        ranges: [
          { lower: 1, upper: 2 },
          { lower: null, upper: 0 },
        ],
      },
      '{[1,2),(,0)}',
    ],
  ];
  it.each(cases)('of %s', (_, type, value, text) => {
    expect(encode(type, value)).toBe(text);
  });

  it('of a domain is that of what it is made of', () => {
    expect(encode({ kind: 'domain', name: 'd', base: scalar('date'), notNull: false, checks: [] }, 1)).toBe(
      '1970-01-02',
    );
  });
});

describe('what Postgres prints', () => {
  it.each([
    ['date', '2026-01-31', 20_484],
    ['date', 'infinity', 'infinity'],
    ['timestamptz', '1970-01-01 02:00:00+02', 0],
    ['timestamptz', '1970-01-01 05:30:00.5+05:30', 500],
    ['timestamp', '0001-12-31 23:59:59 BC', -62_135_596_801_000],
    ['timestamp', '2026-01-01T00:00:00Z', 1_767_225_600_000],
    ['time', '00:00:01.5', 1500],
    ['timetz', '12:00:00-02', 50_400_000],
    ['interval', '1 year 2 mons -3 days +04:05:06', 36_288_000_000 - 259_200_000 + 14_706_000],
    ['interval', '-00:00:01', -1000],
    ['interval', 'P1DT2H', 93_600_000],
    ['int8', '9007199254740993', '9007199254740993'],
    ['numeric', '1.50', 1.5],
    ['numeric', '0.1234567890123456', '0.1234567890123456'],
    ['timestamptz', '2026-01-01 00:00:00.000001+00', 1_767_225_600_000.001],
    ['numeric', 'NaN', 'NaN'],
    ['money', '$1,234.50', 1234.5],
    ['money', '-1.234,50 €', -1234.5],
    ['bool', 't', true],
    ['text', '12', '12'],
  ])('of %s, %s', (type, text, value) => {
    expect(decode(scalar(type), text)).toBe(value);
  });

  it('is read back as what was written', () => {
    const types = { date: 2_900_000, timestamp: 2.5e14, timestamptz: 2.5e14, interval: 3e12, int8: 2 ** 53 - 1 };
    for (const [name, largest] of Object.entries(types)) {
      const type = scalar(name);
      const low = name === 'date' ? -719_000 : name === 'interval' || name === 'int8' ? -largest : -6.2e13;
      fc.assert(
        fc.property(fc.integer({ min: low, max: largest }), (value) => decode(type, encode(type, value)) === value),
      );
    }
  });
});
