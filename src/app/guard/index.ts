import { messageOf, UserError } from '../../core/errors.ts';
import { readCheckout, reasonOf } from '../../lib/git.ts';
import { areRelated, changesSince, commitOf, stagedChanges } from '../../lib/git-changes.ts';
import { scanChanges } from './changes.ts';
import type { GuardReport } from './report.ts';
import { scanWorkTree } from './work-tree.ts';

export interface GuardOptions {
  readonly cwd: string;
  /** Only what the next commit adds. */
  readonly staged: boolean;
  /** Only what the branch adds to this commit; null: the files as they are. */
  readonly base: string | null;
}

/** Looks for live keys in a git checkout. Throws where it can't: that is never the same as having found none. */
export async function guard({ cwd, staged, base }: GuardOptions): Promise<GuardReport> {
  const checkout = await readCheckout(cwd);
  if ('none' in checkout) {
    throw new UserError(`nothing was looked through: ${checkout.none}`, {
      hints: ['devenv guard reads what git has of a checkout.'],
    });
  }
  const { root } = checkout;
  try {
    if (staged) return await scanChanges(root, await stagedChanges(root));
    if (base !== null) return await scanChanges(root, await changesSince(root, await baseOf(root, base)));
    return await scanWorkTree(root, cwd);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const isGit = typeof (error as { stderr?: unknown }).stderr === 'string';
    throw new UserError(`not everything was looked through: ${isGit ? reasonOf(error) : messageOf(error)}`, {
      cause: error,
    });
  }
}

async function baseOf(root: string, name: string): Promise<string> {
  const [base, head] = await Promise.all([commitOf(root, name), commitOf(root, 'HEAD')]);
  if (base === null || head === null) {
    throw new UserError(
      `nothing was looked through: ${base === null ? `there is no commit ${name}` : 'there is no commit'}`,
      {
        hints: ['In CI the history has to be there: actions/checkout with fetch-depth: 0.'],
      },
    );
  }
  if (await areRelated(root, base, head)) return base;
  throw new UserError(`nothing was looked through: ${name} and HEAD have no commit in common here`, {
    hints: ['A shallow clone lacks it: actions/checkout with fetch-depth: 0, or git fetch --unshallow.'],
  });
}
