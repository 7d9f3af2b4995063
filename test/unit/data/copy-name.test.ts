import { expect, it } from 'vitest';
import { copyName, isCopyName } from '../../../src/data/postgres/copy-name.ts';

it('names a copy after the live database, its kind and when it was made', () => {
  expect(copyName('shop', 'spare', '20260101t000000000z')).toBe('devenv_shop_spare_20260101t000000000z');
});

it('stays within what Postgres keeps of a name, and tells long names apart', () => {
  const names = ['a', 'b'].flatMap((end) =>
    ['1', '2'].map((tag) => copyName(`${'ä'.repeat(30)}${end}`, 'snapshot', tag)),
  );
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
});

it('knows the names that it gives, and no others', () => {
  const long = 'ä'.repeat(30);
  for (const live of ['shop', 'shop_spare', long]) {
    for (const kind of ['spare', 'snapshot', 'parked'] as const) {
      expect(isCopyName(live, copyName(live, kind, '20260101t000000000z'))).toBe(true);
      expect(isCopyName('other', copyName(live, kind, '20260101t000000000z'))).toBe(false);
    }
  }
  for (const own of ['devenv_shop_test', 'devenv_shop_spare', 'devenv_shop_snapshot_mine', 'shop_spare_1']) {
    expect(isCopyName('shop', own)).toBe(false);
  }
});
