import * as z from 'zod';
import type { Service } from '../../core/stack.ts';

const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_$-]{0,62}$/, 'a database name: letters, digits, _ and -');

export const settings = {
  database: identifier.optional().describe('Database that the URL names. Default: the project name, with _ for -.'),
  user: identifier.optional().describe('Superuser that the URL names. Default: postgres.'),
  extensions: z
    .array(z.string().regex(/^[a-z][a-z0-9_-]*$/, 'an extension name'))
    .optional()
    .describe('Extensions that are created in the database.'),
  locale: z
    .string()
    .regex(/^[A-Za-z0-9_.@-]+$/, 'a locale name')
    .optional()
    .describe('Locale of the cluster, for initdb. Default: the one of the image, C.UTF-8 when embedded.'),
};

interface Settings {
  readonly database: string;
  readonly user: string;
  readonly extensions: readonly string[];
  readonly locale: string | undefined;
}

export function settingsOf(raw: Readonly<Record<string, unknown>>): Settings {
  const given = z.object(settings).parse(raw);
  return {
    database: given.database ?? 'postgres',
    user: given.user ?? 'postgres',
    extensions: given.extensions ?? [],
    locale: given.locale,
  };
}

/** Name of the database that the service's URL names. */
export function databaseOf({ settings: given }: Service): string {
  return settingsOf(given).database;
}
