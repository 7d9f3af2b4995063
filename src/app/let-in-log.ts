import { type LetIn, readLetIn } from '../state/let-in.ts';

/** What `--allow-live` has let in, in all checkouts of this user, the oldest first. */
export async function letInLog(): Promise<readonly LetIn[]> {
  return readLetIn();
}
