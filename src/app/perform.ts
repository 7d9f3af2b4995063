import { join } from 'node:path';
import { baselineWords, isBaseline } from '../core/data/baseline.ts';
import { UserError } from '../core/errors.ts';
import type { Perform } from '../core/execute.ts';
import { dataLabels, environmentLabels, serviceLabels } from '../core/labels.ts';
import type { EndingKind, Step } from '../core/plan.ts';
import type { CopyWay, Runtime } from '../core/runtime.ts';
import { findService, type Process, type Service, type Stack } from '../core/stack.ts';
import { packageFolder } from '../lib/installation.ts';
import { userId } from '../lib/paths.ts';
import { connectSupervisor, endLeftovers, startSupervisor } from '../supervisor/client.ts';
import { copyWords } from './data/copy-words.ts';
import { loadContent, mendContent } from './data/load-content.ts';
import { loadedService } from './data/server.ts';
import { shareBaseline } from './data/share-baseline.ts';
import { fetcher } from './fetch.ts';
import { tellMocks } from './mocks/tell-mocks.ts';
import { runHook } from './run-hook.ts';
import { adopt, prepareTemplate, waitReady } from './wait-ready.ts';

/** Steps of `up`. */
export function performUp(stack: Stack, runtime: Runtime, created: string, say: (message: string) => void): Perform {
  const { environment } = stack;
  const base = environmentLabels(environment, created, userId());
  const end = performEnding(environment.id, runtime);
  const fetchService = fetcher(runtime);
  const loaded = new Set<string>();

  return async (step, signal, report) => {
    const service = () => serviceOf(stack, step);
    const template = step.template ?? null;
    const tell = (way: CopyWay | null): void => {
      if (way !== null && template !== null && isBaseline(template)) {
        report(`${baselineWords(template)}: ${copyWords(way)}`);
      }
    };
    switch (step.kind) {
      case 'create-network':
        return runtime.createNetwork(environment, base);
      case 'fetch':
        return fetchService(service(), report, signal);
      case 'create-template':
        return runtime.createTemplate(service(), (...server) => prepareTemplate(service(), report, ...server), signal);
      case 'create-data':
        return tell(await runtime.createData(environment, service(), { ...base, ...dataLabels(service()) }, template));
      case 'create-service':
        return runtime.createService(environment, service(), { ...base, ...serviceLabels(service()) }, template);
      case 'fill-service':
        return tell(await runtime.fillService(environment, service(), template));
      case 'start-service':
        return runtime.startService(environment.id, service());
      case 'ready-service':
        if (template !== null) await adopt(environment.id, service(), runtime, report, signal);
        return waitReady(environment.id, service(), runtime, report, signal);
      case 'load-data':
        if (await loadContent(stack, runtime, loadedService(service()), { report, say, signal, now: created })) {
          loaded.add(step.target);
        }
        return;
      case 'mend-data':
        return mendContent(stack, runtime, loadedService(service()), { report, say, signal, now: created });
      case 'share-data':
        // What was there already may have been worked with.
        if (loaded.has(step.target))
          await shareBaseline(stack, runtime, loadedService(service()), { report, say, signal });
        return;
      case 'start-supervisor':
        await startSupervisor(environment.id, { entry: supervisorEntry(), signal });
        return;
      case 'start-process':
        await (await supervisorOf(environment.id)).start(
          await tellMocks(stack, processOf(stack, step), runtime, signal),
        );
        return;
      case 'ready-process':
        await (await supervisorOf(environment.id)).waitReady(step.target, signal);
        return;
      case 'stop-process': {
        // What the configuration still names stays known, as stopped.
        const supervisor = stack.processes.some(({ name }) => name === step.target)
          ? await connectSupervisor(environment.id)
          : null;
        if (!supervisor) return end(step.kind, step.target);
        await supervisor.stop(step.target);
        return;
      }
      case 'run-hook':
        return runHook(stack, report, signal);
      default:
        return end(step.kind, step.target);
    }
  };
}

/** Steps that end something. */
export function performDown(id: string, runtime: Runtime): Perform {
  const end = performEnding(id, runtime);
  return ({ kind, target }) => end(kind as EndingKind, target);
}

function performEnding(id: string, runtime: Runtime) {
  return async (kind: EndingKind, target: string): Promise<void> => {
    switch (kind) {
      case 'stop-supervisor':
        await (await connectSupervisor(id))?.shutdown();
        await endLeftovers(id);
        return;
      case 'stop-process':
        return removeProcess(id, target);
      case 'stop-service':
        return runtime.stopService(id, target);
      case 'remove-service':
        return runtime.removeService(id, target);
      case 'remove-data':
        return runtime.removeData(id, target, 'all');
      case 'discard-data':
        return runtime.removeData(id, target, 'engine');
      case 'remove-network':
        return runtime.removeNetwork(id);
      default:
        throw new Error(`${kind satisfies never} does not end anything`);
    }
  };
}

/** Without a supervisor what it left is ended as a whole: the next one would do the same. */
async function removeProcess(id: string, name: string): Promise<void> {
  const supervisor = await connectSupervisor(id);
  if (supervisor) await supervisor.remove(name);
  else await endLeftovers(id);
}

function serviceOf(stack: Stack, step: Step): Service {
  const service = findService(stack, step.target);
  if (!service) throw new Error(`the plan names ${step.target}, the stack doesn't`);
  return service;
}

function processOf(stack: Stack, step: Step): Process {
  const found = stack.processes.find((process) => process.name === step.target);
  if (!found) throw new Error(`the plan names ${step.target}, the stack doesn't`);
  return found;
}

async function supervisorOf(id: string) {
  const client = await connectSupervisor(id);
  if (client) return client;
  throw new UserError('the supervisor of this environment ended', { hints: ['devenv up starts it again.'] });
}

function supervisorEntry(): string {
  return join(packageFolder(), 'dist', 'supervisor.js');
}
