import { describe, expect, it } from 'vitest';
import { scalar, typeResolver } from '../../../../../src/data/postgres/catalog/resolve-type.ts';

describe('a scalar by its type modifier', () => {
  // Modifiers as Postgres 17 has them in pg_attribute.atttypmod.
  it.each([
    ['varchar', 124, { length: 120 }],
    ['bpchar', 5, { length: 1 }],
    ['bit', 8, { length: 8 }],
    ['numeric', 655366, { precision: 10, scale: 2 }],
    ['numeric', 198658, { precision: 3, scale: -2 }],
    ['numeric', 65536004, { precision: 1000, scale: 0 }],
    ['timestamptz', 0, { precision: 0 }],
    ['interval', 2147418114, { precision: 2 }],
    ['interval', 458751, {}],
    ['text', -1, {}],
  ])('%s with %i', (name, modifier, said) => {
    expect(scalar(name, modifier)).toEqual({
      kind: 'scalar',
      name,
      length: null,
      precision: null,
      scale: null,
      ...said,
    });
  });

  it('of a type that the catalog does not have is our mistake', () => {
    expect(() => typeResolver([])({ type: 23, modifier: -1, dimensions: 0 })).toThrow('the catalog has no type 23');
  });
});
