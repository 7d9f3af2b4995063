import { MAINTENANCE, type PostgresServer } from './server.ts';

/** Makes roles that can't log in for as long as `act` runs, and for good where that succeeds. */
export async function withNewRoles(
  server: PostgresServer,
  names: readonly string[],
  act: () => Promise<void>,
): Promise<void> {
  if (names.length === 0) return act();
  const each = (words: string) =>
    server.within(MAINTENANCE, async (client) => {
      for (const name of names) await client.query(`${words} ${client.escapeIdentifier(name)}`);
    });
  await each('create role');
  try {
    await act();
  } catch (error) {
    await each('drop role').catch(() => {});
    throw error;
  }
}
