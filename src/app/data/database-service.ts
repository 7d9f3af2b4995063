import { UserError } from '../../core/errors.ts';
import type { Service, Stack } from '../../core/stack.ts';

/** The Postgres that a verb is about: the named one, the one whose content the configuration tells, else the only one. */
export function databaseService({ services }: Stack, named: string | undefined): Service {
  const databases = services.filter(({ engine }) => engine === 'postgres');
  const names = databases.map(({ name }) => name);
  if (named !== undefined) {
    const found = databases.find(({ name }) => name === named);
    if (found) return found;
    throw new UserError(`there is no Postgres ${named}`, {
      code: 'usage',
      hints: [`There are: ${names.join(', ') || 'none'}.`],
    });
  }
  const found =
    databases.find(({ content }) => content !== null) ?? (databases.length === 1 ? databases[0] : undefined);
  if (found) return found;
  if (names.length === 0)
    throw new UserError('there is no Postgres here', {
      code: 'usage',
      hints: ['services: { db: { engine: postgres } } gives one.'],
    });
  throw new UserError(`which of ${names.join(', ')} is it about?`, {
    code: 'usage',
    hints: [`data: { service: ${names[0]} } in the configuration says so.`],
  });
}
