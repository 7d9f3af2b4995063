import type { ServerLaunch } from '../../../core/stack.ts';
import type { Installed } from '../programs/installed.ts';
import { fillIn, type Places } from './argv.ts';

export interface ServerCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The server sees nothing of the user's own environment: a PGPORT or PGDATA there would change it, and secrets are none
 * of its business. UTC, because that is what the engines' images are set to. LC_ALL, because without one Postgres does
 * not start on macOS; the locale of its data is given to initdb.
 */
export function serverCommand(
  installed: Installed,
  launch: ServerLaunch,
  argv: readonly string[],
  places: Places,
): ServerCommand {
  const [program = '', ...args] = fillIn(argv, places);
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C', ...launch.env, ...installed.env };
  return { file: installed.file(program), args, env };
}
