import { UserError } from '../../core/errors.ts';
import type { Service, Stack } from '../../core/stack.ts';

/**
 * The Postgres services that a verb is about: the named ones; else those whose content the configuration tells, in its
 * order; else the only one.
 */
export function databaseServices(stack: Stack, named: readonly string[] = []): readonly Service[] {
  const databases = stack.services.filter(({ engine }) => engine === 'postgres');
  const names = databases.map(({ name }) => name);
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UserError(`there is no Postgres ${unknown}`, {
      code: 'usage',
      hints: [`There are: ${names.join(', ') || 'none'}.`],
    });
  }
  if (named.length > 0) return databases.filter(({ name }) => named.includes(name));
  const loaded = databases
    .filter(({ content }) => content !== null)
    .sort((a, b) => (a.content?.position ?? 0) - (b.content?.position ?? 0));
  if (loaded.length > 0) return loaded;
  if (databases.length === 1) return databases;
  if (databases.length > 1) throw whichOf(names);
  throw new UserError('there is no Postgres here', {
    code: 'usage',
    hints: [
      'services: { db: { engine: postgres } } gives one.',
      ...(stack.mocks ? ['devenv mocks reset and devenv mocks undo are about what the mocks know.'] : []),
    ],
  });
}

/** For what is done with one at a time. */
export function onlyOne(all: readonly Service[]): Service {
  const [one, ...more] = all;
  if (one && more.length === 0) return one;
  throw whichOf(all.map(({ name }) => name));
}

function whichOf(names: readonly string[]): UserError {
  return new UserError(`which of ${names.join(', ')} is it about?`, {
    code: 'usage',
    hints: names.map((name) => `--service ${name}`),
  });
}
