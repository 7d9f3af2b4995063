import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readJson, writeJson } from '../../lib/files.ts';
import { Lives } from '../../mocks/lives.ts';
import { leadLife } from '../data/mocks-follower.ts';
import { environmentLock } from '../environment-lock.ts';
import { enterEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { clientOf } from './client-of.ts';
import { nothingMocked } from './connect.ts';
import { mocksFolder } from './folder.ts';

/** The life that undo goes back to, and that undoing the undo goes back to. */
interface Before {
  readonly life: string;
}

/**
 * The mocks forget what they know, where that goes with no database; what they knew is kept for `undoMocks`. Throws a
 * UserError where it goes with one: `devenv reset` and `undo` are for both.
 */
export function resetMocks(options: CommonOptions): Promise<void> {
  return onLives(options, async (lives, lead) => {
    const before = await lives.live();
    // Named now: until somebody says which life it is, it has no name.
    const kept = before ?? `kept-${new Date().toISOString()}`;
    if (before === null) await lead(kept, { same: true });
    await writeBefore(lives.folder, kept);
    const life = `anew-${new Date().toISOString()}`;
    await lead(life, { same: false });
    await lives.drop(new Set([life, kept]));
  });
}

/** What was known before the last reset of the mocks alone is known again; a second time takes that back. */
export function undoMocks(options: CommonOptions): Promise<void> {
  return onLives(options, async (lives, lead) => {
    const [live, before] = [await lives.live(), await readJson<Before>(beforeFile(lives.folder))];
    if (live === null || before === null || before.life === live || !(await lives.has(before.life))) {
      throw new UserError('there is no reset of the mocks to take back', { code: 'refused' });
    }
    await lead(before.life, { same: false });
    await writeBefore(lives.folder, live);
  });
}

type Lead = (life: string, how: { readonly same: boolean }) => Promise<void>;

async function onLives(options: CommonOptions, act: (lives: Lives, lead: Lead) => Promise<void>): Promise<void> {
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const { stack } = await enterEnvironment(checkout, options);
  const { mocks, environment } = stack;
  if (!mocks) throw nothingMocked();
  if (mocks.follows !== null) throw theyFollow(mocks.follows);
  const lives = new Lives(mocksFolder(environment.id));
  await act(lives, (life, how) => leadLife(lives, clientOf(mocks), { life, ...how }));
}

function theyFollow(service: string): UserError {
  return new UserError(`what the mocks know goes with ${service}`, {
    code: 'refused',
    hints: [
      `devenv reset puts both back, and devenv undo takes that back. It needs to be told what data ${service} has: data: { seed: [] }`,
    ],
  });
}

function writeBefore(folder: string, life: string): Promise<void> {
  return writeJson(beforeFile(folder), { life } satisfies Before, { durable: true });
}

function beforeFile(folder: string): string {
  return join(folder, 'before.json');
}
