import { decideEnvironment, type Verdict } from '../../core/gc/decide.ts';
import { userId } from '../../lib/paths.ts';
import { readEnvironments } from '../gc/inventory.ts';
import { type Check, type Found, ok } from './finding.ts';

/** Has every environment its checkout still? */
export const environments: Check = {
  name: 'environments',
  async run({ reachable }) {
    const found = await readEnvironments(await reachable());
    return judgeEnvironments(found.map((one) => decideEnvironment(one, userId())));
  },
};

/** Only data is worth a word: `gc` takes ports and records along. */
export function judgeEnvironments(verdicts: readonly Verdict[]): readonly Found[] {
  const gone = verdicts.filter(({ kind, remove }) => kind === 'environment' && remove);
  if (gone.length === 0) return [ok('none without a checkout')];
  return gone.map(({ name, why }) => ({
    status: 'warning',
    what: `${name} still exists`,
    why,
    mend: 'devenv gc removes it with its data, after a confirmation',
  }));
}
