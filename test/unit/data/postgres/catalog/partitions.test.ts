import { describe, expect, it } from 'vitest';
import { byOid } from '../../../../../src/data/postgres/catalog/by-oid.ts';
import { type Partition, placesIn } from '../../../../../src/data/postgres/catalog/partitions.ts';

const NO_CHECKS = byOid<{ oid: number; name: string; expression: string }>([]);

/** A tree whose first is the root; `a/b` is below `a`. A part is a default, a share of hashes, or neither. */
function tree(parts: Readonly<Record<string, 'default' | 'root' | number | null>>): readonly Partition[] {
  const names = Object.keys(parts);
  const above = (name: string) => (name === '' ? null : name.split('/').slice(0, -1).join('/'));
  return names.map((name) => {
    const part = parts[name];
    const parent = above(name);
    return {
      root: 0,
      oid: names.indexOf(name),
      parent: parent === null ? null : names.indexOf(parent),
      isLeaf: !names.some((other) => above(other) === name),
      constraint: name === '' ? null : `in ${name}`,
      isDefault: part === 'default',
      modulus: typeof part === 'number' ? part : null,
    };
  });
}

describe('the places that a partitioned table has for rows', () => {
  it.each([
    ['nothing can be put in without partitions', { '': 'root' }, []],
    ['each leaf has its own', { '': 'root', '/a': null, '/b': null }, ['in /a', 'in /b']],
    ['a default takes the rest', { '': 'root', '/a': null, '/b': 'default' }, null],
    ['a default alone takes everything', { '': 'root', '/b': 'default' }, null],
    ['all hashes are taken', { '': 'root', '/0': 2, '/1': 4, '/3': 4 }, null],
    ['a hash is missing', { '': 'root', '/0': 2, '/1': 4 }, ['in /0', 'in /1']],
    ['thirds add up', { '': 'root', '/0': 3, '/1': 3, '/2': 6, '/5': 6 }, null],
    [
      'a part below lacks a place, so the default above is no help',
      { '': 'root', '/a': null, '/a/x': null, '/b': 'default' },
      ['in /a/x', 'in /b'],
    ],
    ['all parts below are complete', { '': 'root', '/a': null, '/a/x': 'default', '/b': 'default' }, null],
    ['the default has parts without a rest', { '': 'root', '/b': 'default', '/b/x': null }, ['in /b/x']],
  ] as const)('%s', (_, parts, places) => {
    expect(placesIn(tree(parts), NO_CHECKS, new Set())).toEqual(places);
  });

  it('asks for the checks that a leaf has besides those of the root', () => {
    const checks = byOid([
      { oid: 1, name: 'root_check', expression: '(x > 0)' },
      { oid: 1, name: 'own_check', expression: '(x < 9)' },
      { oid: 2, name: 'root_check', expression: '(x > 0)' },
    ]);
    const parts = tree({ '': 'root', '/a': null, '/b': 'default' });
    expect(placesIn(parts, checks, new Set(['root_check']))).toEqual(['(in /a) AND ((x < 9))', 'in /b']);
  });
});
