import { UserError } from '../core/errors.ts';
import { readRecord } from '../state/records.ts';
import { reachableRuntimes } from './choose-runtime.ts';
import type { OpenEnvironment } from './open.ts';

/** An environment runs in one place: where it still runs elsewhere, the ports that it keeps are taken by itself. */
export async function refuseOtherRuntime({ environment, runtime }: OpenEnvironment): Promise<void> {
  const recorded = (await readRecord(environment.id))?.runtime ?? runtime.name;
  if (recorded === runtime.name) return;
  const { runtimes } = await reachableRuntimes();
  const found = await runtimes.find(({ name }) => name === recorded)?.observeId(environment.id);
  const running = (found?.services ?? []).filter(({ state }) => state === 'starting').map(({ name }) => name);
  if (running.length === 0) return;
  throw new UserError(`this environment runs on ${recorded} (${running.sort().join(', ')}), not on ${runtime.name}`, {
    code: 'refused',
    hints: [`devenv down ends it there and keeps its data. On ${runtime.name} it then begins with data of its own.`],
  });
}
