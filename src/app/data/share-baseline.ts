import { baselineKey } from '../../core/data/baseline.ts';
import { messageOf, systemProblem } from '../../core/errors.ts';
import type { Report } from '../../core/execute.ts';
import { beyondLimit } from '../../core/gc/baselines.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { Service, Stack } from '../../core/stack.ts';

import { ownTablespaces, type PostgresServer, readCopies, readLife, setLife } from '../../data/postgres/index.ts';
import { engineOf } from '../../engines/index.ts';
import { adopt, waitReady } from '../wait-ready.ts';
import { baselineLimit } from './baseline-limit.ts';
import { copyWords } from './copy-words.ts';
import { keysOf } from './keys.ts';
import { disown, type LoadedService, serverOf } from './server.ts';

export interface Sharing {
  readonly report: Report;
  readonly say: (message: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Keeps what was just loaded for other checkouts, as the data folder of a server that has ended: so its server is stopped,
 * copied and started again. Right after loading nobody is connected yet, so nobody is cut off, and of all ways it takes the
 * least: for 100 MB of data half a second, once, after a migration and a seed that took several. A second server to copy
 * from would need a dump and a restore (40–70 s for 1 GB), an online backup a recovery; both would take the machine from
 * whoever begins to work. What fails here is said, and keeps nobody from working.
 */
export async function shareBaseline(
  stack: Stack,
  runtime: Runtime,
  service: LoadedService,
  { report, say, signal }: Sharing,
): Promise<void> {
  const { id, project } = stack.environment;
  const { makers, templates } = await runtime.observe(stack);
  const maker = makers[service.name];
  if (maker === undefined) return;
  const key = baselineKey(service.content.baseline, maker);
  if (templates.includes(key)) return;
  const outside = await ownTablespaces(serverOf(service, signal));
  if (outside.length > 0) return say(notKept(service, `its tablespace ${outside.join(', ')} is outside of its data`));
  await makeAnyones(id, service, runtime, signal);
  await runtime.stopService(id, service.name);
  try {
    const way = await runtime.keepData(id, service, { key, project }, signal);
    if (way !== null) report(`kept for other checkouts: ${copyWords(way)}`);
  } catch (error) {
    signal.throwIfAborted();
    say(notKept(service, systemProblem(error) ?? messageOf(error)));
  }
  await runtime.startService(id, service);
  await adopt(id, service, runtime, report, signal);
  await waitReady(id, service, runtime, report, signal);
  await (await keysOf(stack, runtime, service, serverOf(service, signal), { say, signal })).follow();
  await makeRoom(runtime);
}

function notKept({ name }: Service, why: string): string {
  return `${name}: its data is not kept for other checkouts: ${why}`;
}

/** As a template is: with its password, no environment's mark and nothing that need not be copied. */
async function makeAnyones(id: string, service: LoadedService, runtime: Runtime, signal: AbortSignal): Promise<void> {
  await pointAtBaseline(serverOf(service, signal), service.content.baseline);
  const password = service.launch.template?.password ?? service.password;
  await disown(serverOf(service, signal));
  const anyones = { ...service, password };
  await engineOf(service.engine).setup(anyones, await runtime.access(id, service), signal, service.password);
}

/** Keys of Redis that another checkout begins with are kept beside the copy that resets go back to. */
async function pointAtBaseline(server: PostgresServer, hash: string): Promise<void> {
  const { generation } = await readLife(server);
  const origin = (await readCopies(server)).find(({ kind, baseline }) => kind === 'baseline' && baseline === hash);
  if (generation !== null && origin) await setLife(server, { generation, origin: origin.name });
}

/** The least recently used go where all together are too large. */
async function makeRoom({ store }: Runtime): Promise<void> {
  for (const key of beyondLimit(await store.templates(), baselineLimit())) await store.removeTemplate(key);
}
