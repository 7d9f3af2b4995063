import { expect, it } from 'vitest';
import { fits } from '../../../../../src/data/seed/checks/index.ts';
import { ANY, type Domain } from '../../../../../src/data/seed/domain.ts';
import type { Value } from '../../../../../src/data/seed/value.ts';

const above5 = { value: 5, inclusive: false };
const upTo9 = { value: 9, inclusive: true };

it.each<[domain: Partial<Domain>, fitting: Value[], others: Value[]]>([
  [{}, [null, 1, 'a', true], []],
  [{ nullable: 'never' }, [1], [null]],
  [{ nullable: 'always' }, [null], [1]],
  [{ min: above5, max: upTo9 }, [null, 6, 9], [5, 9.1]],
  [{ oneOf: ['a', 1] }, ['a', 1], ['b', 2]],
  [{ noneOf: ['a'] }, ['b'], ['a']],
  [{ minLength: 2, maxLength: 3 }, ['ab', 'äöü', { items: [1, 2] }, '\\xabcd'], ['a', 'abcd', { items: [] }, '\\xab']],
  [{ patterns: [{ kind: 'like', source: 'a%', ignoreCase: true, negated: false }] }, ['Abc'], ['bA']],
  [{ modulo: [{ divisor: 3, remainder: 1 }] }, [4], [3, -1]],
  [{ jsonType: 'array' }, ['[1]'], ['{}', 'null', '1']],
  [
    { min: above5, max: upTo9, minLength: 1 },
    [{ lower: 6, upper: 9 }],
    [
      { lower: 5, upper: 9 },
      { lower: 7, upper: 10 },
      { lower: null, upper: 9 },
      { lower: 7, upper: 7 },
    ],
  ],
])('%j', (demand, fitting, others) => {
  const domain = { ...ANY, ...demand };
  expect(fitting.filter((value) => !fits(value, domain))).toEqual([]);
  expect(others.filter((value) => fits(value, domain))).toEqual([]);
});
