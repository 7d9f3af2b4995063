import { describe, expect, it } from 'vitest';
import { type CheckoutFacts, checkoutState, strongest } from '../../../../src/core/gc/checkout.ts';

const GONE: CheckoutFacts = {
  path: '/home/me/shop',
  folder: 'missing',
  parent: 'there',
  unmounted: null,
  carriedBy: null,
  worktree: null,
};
const WORKTREE = { repository: 'there', listed: true, locked: false } as const;

describe('a checkout', () => {
  it.each<[string, Partial<CheckoutFacts>, string, RegExp]>([
    ['is gone when its folder is and the one above is there', {}, 'gone', /\/home\/me\/shop is gone/],
    ['lives while its folder is there', { folder: 'there' }, 'living', /\/home\/me\/shop/],
    ['may be on a disk that is not mounted', { parent: 'missing' }, 'unknown', /not mounted/],
    ['may be in a place that nobody may read', { folder: 'unreadable' }, 'unknown', /can't be read/],
    ['may be where nothing is mounted now', { unmounted: '/mnt/usb' }, 'unknown', /nothing is mounted at \/mnt\/usb/],
    ['lives where it was moved', { carriedBy: '/home/me/old' }, 'living', /\/home\/me\/old/],
    ['lives where it was moved, whatever is mounted', { carriedBy: '/x', unmounted: '/m' }, 'living', /\/x/],
    ['is unknown when nothing tells its path', { path: '', folder: 'unreadable' }, 'unknown', /nothing tells/],
    ['may be a worktree that git keeps', { worktree: { ...WORKTREE, locked: true } }, 'unknown', /locked/],
    ['may be a worktree whose folder was deleted', { worktree: WORKTREE }, 'gone', /is gone/],
    [
      'may be a worktree that git removed, with all above it',
      { parent: 'missing', worktree: { ...WORKTREE, listed: false } },
      'gone',
      /git removed/,
    ],
    [
      'may be a worktree of a repository that is not there either',
      { parent: 'missing', worktree: { ...WORKTREE, repository: 'missing', listed: false } },
      'unknown',
      /not mounted/,
    ],
  ])('%s', (_, facts, state, why) => {
    expect(checkoutState({ ...GONE, ...facts })).toEqual({ state, why: expect.stringMatching(why) });
  });

  it('that was seen in several places lives when one of them does, and is gone when all are', () => {
    const [gone, living, unknown] = (['gone', 'living', 'unknown'] as const).map((state) => ({ state, why: state }));
    if (!gone || !living || !unknown) throw new Error('three states');
    expect(strongest([gone, unknown, living])).toBe(living);
    expect(strongest([gone, unknown])).toBe(unknown);
    expect(strongest([gone, gone])).toBe(gone);
    expect(strongest([]).state).toBe('unknown');
  });
});
