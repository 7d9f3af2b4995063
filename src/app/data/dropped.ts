import { UserError } from '../../core/errors.ts';
import { MAINTENANCE } from '../../data/postgres/index.ts';
import { engineOf } from '../../engines/index.ts';
import type { CommonOptions } from '../options.ts';
import type { Proven } from './on-own-server.ts';

/** What a verb does where somebody has dropped the live database, and made no other in its place. */
export type WhenDropped = 'refuse' | 'begin empty';

/** Verbs that put something in its place begin with an empty one, as after an ORM that has made it anew. */
export async function meetDropped(
  { server, service, opened }: Proven,
  { emit, signal }: CommonOptions,
  whenDropped: WhenDropped,
): Promise<void> {
  const { live } = server;
  const isThere = await server.within(MAINTENANCE, async (client) => {
    const { rows } = await client.query('select 1 from pg_catalog.pg_database where datname = $1', [live]);
    return rows.length > 0;
  });
  if (isThere) return;
  if (whenDropped === 'refuse') {
    throw new UserError(`${service.name}: there is no database ${live} any more: somebody has dropped it`, {
      hints: [
        'devenv reset brings the baseline back, devenv undo what was live before the last reset,',
        'devenv snapshot restore NAME a snapshot; devenv up loads it anew.',
      ],
    });
  }
  const { runtime, stack } = opened;
  await engineOf(service.engine).setup(service, await runtime.access(stack.environment.id, service), signal);
  const message = `${service.name}: somebody has dropped ${live}: an empty one took its place, and is what undo leads to`;
  emit({ type: 'notice', level: 'warning', message });
}
