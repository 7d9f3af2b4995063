import type { ObservedContent } from '../../core/observed.ts';
import type { Service } from '../../core/stack.ts';
import { type PostgresServer, readContent } from '../../data/postgres/index.ts';
import { readLoaded } from '../../state/loaded.ts';

/** How far a database is loaded, and from what where that is on record. */
export async function observeContent(
  environment: string,
  { name }: Service,
  server: PostgresServer,
): Promise<ObservedContent> {
  const [content, loaded] = await Promise.all([readContent(server), readLoaded(environment, name)]);
  return { ...content, parts: loaded?.baseline === content.baseline ? (loaded?.parts ?? null) : null };
}
