import { UserError } from '../../core/errors.ts';
import {
  dropCopy,
  forgetRedo,
  keepUndo,
  type PostgresServer,
  TransactionLeft,
  undo,
} from '../../data/postgres/index.ts';
import type { Keys } from './keys.ts';

export interface Undoable {
  /** ISO 8601. */
  readonly now: string;
  /** Does something with the server although the command was ended. */
  readonly atTheEnd: (act: (server: PostgresServer) => Promise<void>) => Promise<void>;
}

/** Does it so that undo takes it back. What fails before `act` said that something was written leaves nothing behind. */
export async function withUndo<T>(
  keys: Keys,
  { now, atTheEnd }: Undoable,
  act: (wrote: () => void) => Promise<T>,
): Promise<T> {
  const { server } = keys;
  const life = await keys.keepForUndo(now);
  const kept = await keepUndo(server, 'seed', { now });
  await keys.goOn(now);
  let written = false;
  try {
    const result = await act(() => {
      written = true;
    });
    await forgetRedo(server);
    return result;
  } catch (error) {
    if (error instanceof TransactionLeft) throw await takenBack(error, keys, atTheEnd);
    if (!written) {
      await atTheEnd(async (own) => {
        await keys.leadBack(own, life);
        await dropCopy(own, kept);
      }).catch(() => {});
      // Of a command that was ended the next one does it.
      await keys.follow().catch(() => {});
    }
    if (!written || !(error instanceof UserError)) throw error;
    const hints = [...error.hints, 'What the files before it wrote stays; devenv undo takes it back.'];
    throw new UserError(error.message, { hints, code: error.code, cause: error });
  }
}

/** Of what left its transaction a part is there. All goes back, and what others wrote meanwhile is for `redo`. */
async function takenBack(error: TransactionLeft, keys: Keys, atTheEnd: Undoable['atTheEnd']): Promise<UserError> {
  const { message, code } = error;
  const about = { code, cause: error };
  try {
    await atTheEnd(async (own) => {
      await forgetRedo(own);
      await undo(own, { now: new Date().toISOString() });
    });
    await keys.follow();
  } catch {
    const hints = [...error.hints, 'What it wrote may be there still: devenv undo takes it back.'];
    return new UserError(message, { ...about, hints });
  }
  const hints = [...error.hints, 'The data is as it was before; devenv redo shows what was there after it.'];
  return new UserError(message, { ...about, hints });
}
