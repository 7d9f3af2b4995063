import type { Client } from '../server.ts';

/** With its schema, so that no search path matters. */
export function quoted(client: Client, { schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
}
