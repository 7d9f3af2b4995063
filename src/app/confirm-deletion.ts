import { UserError } from '../core/errors.ts';
import type { Ask } from '../core/events.ts';

export interface Deletion {
  readonly id: string;
  /** What would be gone, as a question. */
  readonly text: string;
  /** A command that doesn't ask. */
  readonly otherwise: string;
}

/** Returns when a person has said yes; throws otherwise. */
export async function confirmDeletion(ask: Ask, { id, text, otherwise }: Deletion): Promise<void> {
  const answer = await ask({
    id,
    text: `${text} It can't be brought back.`,
    choices: [
      { key: 'y', label: 'delete' },
      { key: 'n', label: 'keep' },
    ],
    fallback: 'n',
  });
  if (answer === 'y') return;
  const nobody = answer === null;
  throw new UserError(nobody ? 'deleting data needs a confirmation, and nobody can be asked' : 'nothing was deleted', {
    code: 'refused',
    hints: nobody ? [otherwise] : [],
  });
}
