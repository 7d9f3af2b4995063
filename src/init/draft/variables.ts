import { valueForAddress, withScheme } from './address.ts';
import { byHost, byPart } from './part.ts';
import type { Surroundings } from './surroundings.ts';
import { readAddress } from './url.ts';

/** What a variable gets; undefined for what only the app's people know. */
export function valueFor(name: string, example: string | undefined, around: Surroundings): string | undefined {
  const address = readAddress(example ?? '');
  if (address) return valueForAddress(name, address, around);
  return byName(name, example, around) ?? byPart(name, around) ?? byHost(name, example ?? '', around);
}

const POSTGRES_URL =
  /^(?:\w+_)?(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG)(?:_PRISMA)?_(?:URL|URI|DSN)(?:_NON_POOLING)?$|^SQLALCHEMY_DATABASE_UR[IL]$/;
const REDIS_URL = /^(?:\w+_)?(?:REDIS|VALKEY)(?:_TLS)?_(?:URL|URI|DSN)$|^CELERY_(?:BROKER_URL|RESULT_BACKEND)$/;

/** Where the app itself is to be seen. */
const OWN_URL = /^(PUBLIC|APP|BASE|SITE|NEXTAUTH|AUTH|NEXT_PUBLIC_(APP|SITE|BASE))_URL$/;

function byName(name: string, example: string | undefined, around: Surroundings): string | undefined {
  // What stands there is for something else, such as a file of SQLite.
  if (/^(file|sqlite|mysql|mongodb|\.{0,2}\/)/.test(example ?? '') || /TEST|SHADOW/.test(name)) return undefined;
  const [postgres] = around.services.filter(({ engine }) => engine === 'postgres');
  const [redis] = around.services.filter(({ engine }) => engine === 'redis');
  if (postgres && POSTGRES_URL.test(name)) return `${withScheme(postgres.name, around.scheme)}${around.query}`;
  if (redis && REDIS_URL.test(name)) return `\${${redis.name}.url}`;
  const served = around.processes.filter(({ port }) => port !== undefined);
  // With several it can't be told which of them people see.
  return served[0] && served.length === 1 && OWN_URL.test(name) && !example ? `\${${served[0].name}.url}` : undefined;
}

/** `${db:-x}` would mean the service here, where Compose means a variable of that name. */
export function withoutNames(text: string, { services, processes }: Surroundings): string {
  const names = new Set([...services, ...processes].map(({ name }) => name));
  return text.replace(/\$\{([\w-]+):-([^}]*)\}/g, (whole, name: string, instead: string) =>
    names.has(name) ? instead : whole,
  );
}
