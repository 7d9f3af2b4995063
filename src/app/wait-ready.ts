import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/errors.ts';
import type { Access, Runtime } from '../core/runtime.ts';
import type { Service } from '../core/stack.ts';
import type { Check } from '../engines/engine.ts';
import { engineOf } from '../engines/index.ts';
import { LOOK_MS, probe } from './probe.ts';

const PROBE_EVERY_MS = 50;

/** Of one attempt; the first is a short one, so that it is soon said when a server hangs. */
const ATTEMPT_MS = 10_000;

/** Whether a service that doesn't answer still runs at all: asked less often, because that is the runtime's work. */
const LOOK_EVERY_MS = 500;

/** Longer than a program takes that starts, finds something missing and ends. */
const STAYS_UP_MS = 500;

/** An image that initialises its data starts a server for itself, which says no to everybody, and takes a while. */
const NEWS_AFTER_MS = 5_000;

type Say = (why: string) => void;

/** Resolves as soon as a query is answered and everything about the server is as the stack asks for. */
export async function waitReady(
  id: string,
  service: Service,
  runtime: Runtime,
  report: Say,
  signal: AbortSignal,
): Promise<void> {
  const wait = beginWait(service, report, signal, () => refuseDead(id, service, runtime));
  while ((await answer(wait, (ms) => probe(service, signal, ms))) === 'setup') {
    await engineOf(service.engine).setup(service, await runtime.access(id, service), signal);
  }
}

/** Makes a fresh copy of a template this environment's own: its first answer comes with the template's password. */
export async function adopt(
  id: string,
  service: Service,
  runtime: Runtime,
  report: Say,
  signal: AbortSignal,
): Promise<void> {
  const template = service.launch.template?.password;
  if (!template) return;
  const copy = { ...service, password: template };
  const wait = beginWait(service, report, signal, () => refuseDead(id, service, runtime));
  await answer(wait, (ms) => probe(copy, signal, ms));
  await engineOf(service.engine).setup(service, await runtime.access(id, service), signal, template);
}

/** For throw-away data: waits until the server answers and sets up what every copy will have. */
export async function prepareTemplate(
  service: Service,
  report: Say,
  access: Access,
  signal: AbortSignal,
): Promise<void> {
  const password = service.launch.template?.password ?? service.password;
  const subject = { ...service, password };
  const engine = engineOf(service.engine);
  // That it lives is for the runtime to see, which started it.
  const wait = beginWait(service, report, signal, async () => '');
  while ((await answer(wait, (ms) => probe(subject, signal, ms, access.endpoint))) === 'setup') {
    await engine.setup(subject, access, signal);
  }
}

interface Wait {
  readonly service: Service;
  readonly report: Say;
  readonly signal: AbortSignal;
  /** Which run of the server this is; throws when it has ended. */
  readonly look: () => Promise<string>;
  readonly deadline: number;
  /** From when on it is told what keeps it: until then every server refuses or cuts off connections. */
  readonly news: number;
}

function beginWait(service: Service, report: Say, signal: AbortSignal, look: Wait['look']): Wait {
  const now = performance.now();
  return { service, report, signal, look, deadline: now + service.timeoutMs, news: now + NEWS_AFTER_MS };
}

/** The first check that found a server; what keeps it from answering is said when that changes. */
async function answer(wait: Wait, check: (ms: number) => Promise<Check>): Promise<'ready' | 'setup'> {
  let said = '';
  let nextLook = performance.now() + LOOK_EVERY_MS;
  for (let longest = LOOK_MS; ; longest = ATTEMPT_MS) {
    wait.signal.throwIfAborted();
    // The last one gets the time to hear an answer: one that is cut short says nothing of the server.
    const left = Math.max(LOOK_MS, wait.deadline - performance.now());
    const found = await proven(wait, () => check(Math.min(longest, left)));
    if (found.state === 'ready') return 'ready';
    const now = performance.now();
    const late = now > wait.deadline;
    if (found.state === 'setup' && !late) return 'setup';
    if (late || now > nextLook) {
      nextLook = now + LOOK_EVERY_MS;
      await wait.look();
      if (late) throw tooLate(wait.service, found.why);
      if (found.why !== said && performance.now() > wait.news) {
        wait.report(`not ready yet: ${found.why}`);
        said = found.why;
      }
    }
    await sleep(PROBE_EVERY_MS, undefined, { signal: wait.signal });
  }
}

/** Where an answer proves nothing, such as an open port of Docker's proxy, the same run has to be there a moment later. */
async function proven(wait: Wait, check: () => Promise<Check>): Promise<Check> {
  const first = await check();
  if (first.state !== 'ready' || !first.unproven) return first;
  const run = await wait.look();
  await sleep(STAYS_UP_MS, undefined, { signal: wait.signal });
  const second = await check();
  if ((await wait.look()) === run) return second;
  return { state: 'waiting', why: 'it ended and was started again' };
}

function tooLate({ name, timeoutMs }: Service, why: string): UserError {
  return new UserError(`${name} is not ready after ${timeoutMs / 1_000} s: ${why}`, {
    hints: [`devenv logs ${name} shows what it said.`, `Should it need longer: services.${name}.ready.timeout.`],
  });
}

async function refuseDead(id: string, service: Service, runtime: Runtime): Promise<string> {
  const life = await runtime.alive(id, service.name);
  if (life.alive) return life.run;
  throw new UserError(`${service.name} did not stay up: ${life.why}`, {
    hints: [`devenv logs ${service.name} shows what it said.`],
  });
}
