import { expect, it } from 'vitest';
import { changedTables, type TableState } from '../../../../src/core/data/diff.ts';

const table = (name: string, rows: number, hash: string): TableState => ({ table: name, rows, hash });

it('tells tables that came, went, or hold something else, by name', () => {
  const before = [table('public.users', 3, 'u'), table('public.old', 1, 'o'), table('public.same', 2, 's')];
  const after = [table('public.same', 2, 's'), table('public.new', 4, 'n'), table('public.users', 2, 'x')];
  expect(changedTables(before, after)).toEqual([
    { table: 'public.new', change: 'added', before: null, after: 4 },
    { table: 'public.old', change: 'removed', before: 1, after: null },
    { table: 'public.users', change: 'rows', before: 3, after: 2 },
  ]);
});

it('tells other contents where the counts are the same, and nothing where nothing changed', () => {
  expect(changedTables([table('a', 2, 'x')], [table('a', 2, 'y')])).toEqual([
    { table: 'a', change: 'contents', before: 2, after: 2 },
  ]);
  expect(changedTables([table('a', 0, '0')], [table('a', 0, '0')])).toEqual([]);
});
