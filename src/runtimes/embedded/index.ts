import { Label } from '../../core/labels.ts';
import type { LogLine, LogOptions, Runtime } from '../../core/runtime.ts';
import { readJson } from '../../lib/files.ts';
import { type Context, createContext, type EmbeddedOptions } from './context.ts';
import { createData, keepServiceData, removeData } from './data/service-data.ts';
import { createTemplate } from './data/template.ts';
import { serviceFolder } from './folders.ts';
import { readLog } from './logs/read-log.ts';
import type { ServiceMark } from './marks.ts';
import { heldEnvironments, observe, observeId } from './observe.ts';
import { runPiped } from './pipe.ts';
import { newestVersion } from './programs/newest-version.ts';
import { fetchPrograms } from './programs/resolve.ts';
import { changes, usage } from './running.ts';
import { howItIs, startService, stopService } from './server/lifecycle.ts';
import { accessTo, createService, fillService, removeService } from './service.ts';
import { sizes } from './sizes.ts';
import { createStore } from './store.ts';
import { runInTerminal } from './terminal.ts';

/** The engines as plain processes, for a machine without Docker. */
export function createEmbeddedRuntime(options: EmbeddedOptions): Runtime {
  const context = createContext(options);
  return {
    name: 'embedded',
    about: 'embedded (plain processes)',
    address: null,
    store: createStore(context),

    observe: (stack) => observe(context, stack),
    observeId: (environment) => observeId(context, environment),
    environments: () => heldEnvironments(context),
    newestVersion: (candidates) => newestVersion(context, candidates),

    // Every server listens on 127.0.0.1: there is no network to make.
    createNetwork: async () => {},
    removeNetwork: async () => {},
    hostAddress: async () => null,
    fetch: (service, report, signal) => fetchPrograms(context, service, report, signal),
    createTemplate: (service, prepare, signal) => createTemplate(context, service, prepare, signal),
    keepData: (environment, service, kept) => keepServiceData(context, environment, service, kept),
    createData: (environment, service, labels, template) =>
      createData(context, environment.id, service, labels, template),
    removeData: (environment, service) => removeData(context, environment, service),
    createService: (environment, service, labels) => createService(context, environment.id, service, labels),
    fillService: async (environment, service) => {
      await fillService(context, environment.id, service);
      return null;
    },
    startService: (environment, service) => startService(context, environment, service),
    stopService: (environment, service) => stopService(context, environment, service),
    removeService: (environment, service) => removeService(context, environment, service),

    access: (environment, service) => accessTo(context, environment, service),
    alive: (environment, service) => howItIs(context, environment, service),
    logs: (environment, service, wanted, signal) => logs(context, environment, service, wanted, signal),
    terminal: (_environment, _service, argv, env) => runInTerminal(context, argv, env),
    pipe: (_environment, service, argv, piping) => runPiped(context, service, argv, piping),
    changes: (environment, signal) => changes(context, environment, signal),
    usage: (environment) => usage(context, environment),
    sizes: async (environments) =>
      new Map(await Promise.all(environments.map(async (id) => [id, await sizes(context, id)] as const))),
  };
}

async function* logs(
  context: Context,
  environment: string,
  service: string,
  options: LogOptions,
  signal: AbortSignal,
): AsyncIterable<LogLine> {
  const folder = serviceFolder(context, environment, service);
  const mark = await readJson<ServiceMark>(folder.mark);
  yield* readLog(folder.log, mark?.labels[Label.engine] ?? '', options, signal);
}
