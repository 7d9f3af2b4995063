import type { Content, Stack } from '../../core/stack.ts';
import { type PostgresServer, tableWith } from '../../data/postgres/index.ts';
import { LOOPBACK } from '../stack/services.ts';

/**
 * Why other checkouts can't begin with what was just loaded: it holds what each of them has another of, such as a password or
 * an address that a migration or a script has taken from its variables. Null where it holds none.
 */
export async function ownInData(
  stack: Stack,
  { migrate, seeds }: Pick<Content, 'migrate' | 'seeds'>,
  server: PostgresServer,
): Promise<string | null> {
  // Nobody else is given the variables.
  if (migrate === null && seeds.every(({ name }) => /\.(?:sql|ya?ml|json)$/.test(name))) return null;
  const table = await tableWith(server, ownValues(stack));
  return table === null ? null : `${table} holds an address or a password of this one`;
}

function ownValues({ services, processes }: Stack): readonly string[] {
  const ports = [
    ...services.flatMap((service) => service.ports.map(({ host }) => host)),
    ...processes.map(({ port }) => port),
  ];
  const addresses = ports.flatMap((port) => (port ? [`${LOOPBACK}:${port}`, `localhost:${port}`] : []));
  return [...new Set([...services.map(({ password }) => password.reveal()), ...addresses])].filter((one) => one !== '');
}
