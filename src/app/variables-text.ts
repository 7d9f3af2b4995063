import { formatDotenv } from '../config/format-dotenv.ts';
import { UserError } from '../core/errors.ts';
import type { Variable } from '../core/stack.ts';
import { shellQuoted } from '../lib/shell-word.ts';

/** Of a variable in a shell; a `.env` file takes more. */
export function isShellName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** Variables with their real values, for another program: `json`, `shell` or `dotenv`. */
export function variablesText(variables: readonly Variable[], format: string): string {
  const pairs = variables.map(({ name, value }) => [name, value.reveal()] as const);
  if (format === 'json') return JSON.stringify(Object.fromEntries(pairs), null, 2);
  if (format === 'shell') return pairs.map(([name, value]) => `export ${name}=${shellQuoted(value)}`).join('\n');
  return pairs.map(([name, value]) => formatDotenv(name, value) ?? refuse(name)).join('\n');
}

function refuse(name: string): never {
  throw new UserError(`the value of ${name} can't be written in a .env file: it holds every kind of quotes`, {
    hints: ['devenv env --format json and --format shell can write it.'],
  });
}
