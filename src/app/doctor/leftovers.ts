import type { FoundLeftover } from '../../core/gc/inventory.ts';
import type { Runtime } from '../../core/runtime.ts';
import { findLeftovers, removeLeftover } from '../leftovers.ts';
import { type Check, type Found, ok } from './finding.ts';

/** What runs that were killed left on the disk. */
export const leftovers: Check = {
  name: 'leftovers',
  async run({ reachable }) {
    const { runtimes } = await reachable();
    return judgeLeftovers(await findLeftovers(runtimes), (one) => removeLeftover(one, runtimes));
  },
};

type Remove = (leftover: FoundLeftover) => ReturnType<Runtime['store']['removeLeftover']>;

export function judgeLeftovers(all: readonly FoundLeftover[], remove: Remove): readonly Found[] {
  if (all.length === 0) return [ok('none')];
  return all.map((leftover) => ({
    status: 'warning',
    what: `${leftover.what}: ${leftover.id}`,
    why: leftover.why,
    mend: 'devenv doctor --fix removes it, as devenv gc does',
    fix: async () => {
      await remove(leftover);
      return `removed ${leftover.id}`;
    },
  }));
}
