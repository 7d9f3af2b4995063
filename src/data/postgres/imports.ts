import { messageOf, UserError } from '../../core/errors.ts';
import type { Locale } from '../snapshot-file/header.ts';
import { setContent } from './content.ts';
import { dropCopy, mark } from './copies.ts';
import { copyName } from './copy-name.ts';
import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';
import { tagOf, type When } from './swap-copy.ts';

export interface ImportOptions extends When {
  /** Name of the snapshot that it becomes. */
  readonly label: string;
  readonly locale: Locale;
  /** Hash of what the data was made from, where that is known. */
  readonly baseline: string | null;
}

/**
 * Makes an empty database, lets `load` fill it, and makes it a snapshot when that succeeded. What fails leaves nothing,
 * and what is cut off goes as half-made.
 */
export async function importSnapshot(
  server: PostgresServer,
  { label, locale, baseline, now }: ImportOptions,
  load: (database: string) => Promise<void>,
): Promise<void> {
  const name = copyName(server.live, 'snapshot', tagOf(now));
  await server.within(MAINTENANCE, (client) => createEmpty(client, name, locale));
  try {
    await load(name);
    // Whoever plans queries on it later needs to know what is in it.
    await server.within(name, (client) => client.query('analyze'));
    await server.within(MAINTENANCE, async (client) => {
      await client.query('begin');
      await client.query(`alter database ${client.escapeIdentifier(name)} allow_connections false`);
      if (baseline !== null) await setContent(client, name, { state: 'loaded', baseline });
      await mark(client, name, { kind: 'snapshot', baseline: null, label, created: now, live: server.live });
      await client.query('commit');
    });
  } catch (error) {
    // Where the connection is gone as well, the next command finds it half-made.
    await dropCopy(server, name).catch(() => {});
    throw error;
  }
}

async function createEmpty(client: Client, database: string, locale: Locale): Promise<void> {
  const settings = {
    encoding: locale.encoding,
    lc_collate: locale.collate,
    lc_ctype: locale.ctype,
    ...(locale.provider === 'i' ? { locale_provider: 'icu', icu_locale: locale.name ?? '' } : {}),
    ...(locale.provider === 'b' ? { locale_provider: 'builtin', builtin_locale: locale.name ?? '' } : {}),
  };
  const list = Object.entries(settings).map(([key, value]) => `${key} ${client.escapeLiteral(value)}`);
  try {
    await client.query(`create database ${client.escapeIdentifier(database)} template template0 ${list.join(' ')}`);
  } catch (error) {
    if (!/locale|encoding|option/.test(messageOf(error))) throw error;
    throw new UserError(`this server has no locale like that of the snapshot, ${words(locale)}: ${messageOf(error)}`, {
      code: 'refused',
      hints: [
        'Nothing was changed.',
        'Locales come with the image; without a container they are those of the machine.',
      ],
      cause: error,
    });
  }
}

function words({ collate, ctype, name, encoding }: Locale): string {
  return [...new Set([name ?? collate, ctype, encoding])].join(', ');
}
