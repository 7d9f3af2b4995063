import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/errors.ts';
import type { Access, Runtime } from '../core/runtime.ts';
import type { Service } from '../core/stack.ts';
import { engineOf } from '../engines/index.ts';
import { probe } from './observe.ts';

const PROBE_EVERY_MS = 50;

/** Whether a service that doesn't answer still runs at all: asked less often, because that is the runtime's work. */
const LOOK_EVERY = 10;

/** Resolves as soon as a query is answered and everything about the server is as the stack asks for. */
export async function waitReady(
  id: string,
  service: Service,
  runtime: Runtime,
  report: (why: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let said = '';
  for (let attempt = 1; ; attempt++) {
    const check = await probe(service, signal);
    if (check.state === 'ready') return;
    if (check.state === 'setup') {
      await engineOf(service.engine).setup(service, await runtime.access(id, service), signal);
      continue;
    }
    if (attempt % LOOK_EVERY === 0) {
      await refuseDead(id, service, runtime);
      if (check.why !== said) report(check.why);
      said = check.why;
    }
    await sleep(PROBE_EVERY_MS, undefined, { signal });
  }
}

/** Makes a fresh copy of a template this environment's own: its first answer comes with the template's password. */
export async function adopt(id: string, service: Service, runtime: Runtime, signal: AbortSignal): Promise<void> {
  const template = service.launch.template?.password;
  if (!template) return;
  const copy = { ...service, password: template };
  for (let attempt = 1; (await probe(copy, signal)).state === 'waiting'; attempt++) {
    if (attempt % LOOK_EVERY === 0) await refuseDead(id, service, runtime);
    await sleep(PROBE_EVERY_MS, undefined, { signal });
  }
  await engineOf(service.engine).setup(service, await runtime.access(id, service), signal, template);
}

/** For throw-away data: waits until the server answers and sets up what every copy will have. */
export async function prepareTemplate(service: Service, access: Access, signal: AbortSignal): Promise<void> {
  const password = service.launch.template?.password ?? service.password;
  const subject = { ...service, password };
  const engine = engineOf(service.engine);
  for (;;) {
    const check = await engine.check(subject, access.endpoint, signal);
    if (check.state === 'ready') return;
    if (check.state === 'setup') await engine.setup(subject, access, signal);
    else await sleep(PROBE_EVERY_MS, undefined, { signal });
  }
}

async function refuseDead(id: string, service: Service, runtime: Runtime): Promise<void> {
  const { alive, why } = await runtime.alive(id, service.name);
  if (alive) return;
  throw new UserError(`${service.name} did not stay up: ${why}`, {
    hints: [`devenv logs ${service.name} shows what it said.`],
  });
}
