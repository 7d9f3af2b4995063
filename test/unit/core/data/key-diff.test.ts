import { expect, it } from 'vitest';
import { KeyDiff } from '../../../../src/core/data/key-diff.ts';

const key = (database: number, name: string, digest = 'x') => ({ database, key: name, digest });

it('counts keys by database, also where one is told twice', () => {
  const diff = new KeyDiff();
  for (const one of [key(0, 'same'), key(0, 'gone'), key(0, 'other'), key(3, 'moved')]) diff.before(one);
  for (const one of [key(0, 'same'), key(0, 'same'), key(0, 'other', 'y'), key(0, 'other', 'y')]) diff.after(one);
  for (const one of [key(0, 'new'), key(0, 'new'), key(4, 'moved')]) diff.after(one);
  expect(diff.end()).toEqual([
    {
      database: 0,
      added: 1,
      removed: 1,
      changed: 1,
      examples: [
        { key: 'other', change: 'changed' },
        { key: 'new', change: 'added' },
        { key: 'gone', change: 'removed' },
      ],
    },
    { database: 3, added: 0, removed: 1, changed: 0, examples: [{ key: 'moved', change: 'removed' }] },
    { database: 4, added: 1, removed: 0, changed: 0, examples: [{ key: 'moved', change: 'added' }] },
  ]);
});

it('names only some of many, and says nothing where nothing differs', () => {
  const diff = new KeyDiff();
  for (let n = 0; n < 1_000; n += 1) diff.after(key(0, `key:${n}`));
  const [change] = diff.end();
  expect(change).toMatchObject({ added: 1_000 });
  expect(change?.examples).toHaveLength(5);
  expect(new KeyDiff().end()).toEqual([]);
});
