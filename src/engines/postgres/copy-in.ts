import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';

/**
 * Sends what COPY … FROM STDIN reads, piece by piece, no faster than the server takes it. The library is loaded for those
 * who load something.
 */
export async function copyIn(
  client: Client,
  sql: string,
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const { default: streams } = await import('pg-copy-streams');
  await pipeline(Readable.from(pieces, { objectMode: true }), client.query(streams.from(sql)));
}
