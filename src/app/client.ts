import { UserError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import { findService, type Service, type Stack } from '../core/stack.ts';
import type { Client } from '../engines/engine.ts';
import { engineOf } from '../engines/index.ts';
import { guardStack } from './live-keys.ts';
import { openEnvironment } from './open.ts';
import type { CommonOptions } from './options.ts';
import { requireRunning } from './require-running.ts';
import { knownNames } from './unknown-name.ts';
import { revealed } from './variables.ts';

export interface ClientOptions extends CommonOptions {
  /** Name of the service; null where there is one only. */
  readonly service: string | null;
  readonly argv: readonly string[];
}

/** The engine's own client on the service's database, with the user's terminal. */
export async function client(engine: string, options: ClientOptions): Promise<number> {
  const { stack, runtime } = await openEnvironment(options);
  const service = serviceFor(stack, engine, options.service);
  await requireRunning(stack.environment.id, service, runtime);
  const own = clientOf(service, runtime);
  if (!own) throw new Error(`${engine} has no client`);
  return runtime.terminal(stack.environment.id, service, [...own.argv, ...options.argv], own.env);
}

/** A shell, or a command, beside a service: in its container, or on the host with the environment's variables. */
export async function shell(
  name: string,
  options: CommonOptions & { readonly argv: readonly string[] },
): Promise<number> {
  const { stack, runtime } = await openEnvironment(options);
  // In a container it gets none of this environment's variables.
  if (!isInside(runtime)) await guardStack(stack, 'shell', options.emit);
  const service = findService(stack, name);
  if (!service) throw noService(name, stack.services);
  const argv =
    options.argv.length > 0 ? options.argv : ['sh', '-c', 'command -v bash >/dev/null && exec bash; exec sh'];
  const env = { ...(isInside(runtime) ? {} : given(stack)), ...clientOf(service, runtime)?.env };
  return runtime.terminal(stack.environment.id, service, argv, env);
}

/** Whether programs beside a service run in its container, where the addresses of the host lead nowhere. */
function isInside(runtime: Runtime): boolean {
  return runtime.name === 'docker';
}

/** Without those that are the host's own: its programs have them anyway, and some need other ones to run at all. */
function given({ variables }: Stack): Readonly<Record<string, string>> {
  return revealed(new Map([...variables].filter(([, { winner }]) => winner.layer !== 'shell')));
}

/** How the engine's programs reach the service: those that run beside it in its container, or on the host. */
export function clientOf(service: Service, runtime: Runtime): Client | null {
  const main = service.ports[0];
  const port = (isInside(runtime) ? main?.container : main?.host) ?? 0;
  return engineOf(service.engine).client(service, { host: '127.0.0.1', port });
}

function serviceFor(stack: Stack, engine: string, name: string | null): Service {
  const candidates = stack.services.filter((service) => service.engine === engine);
  const [only] = candidates;
  if (name !== null) {
    const named = candidates.find((service) => service.name === name);
    if (named) return named;
    throw noService(name, candidates);
  }
  if (!only) throw new UserError(`this configuration has no ${engine} service`, { code: 'usage' });
  if (candidates.length === 1) return only;
  throw new UserError(`there are several ${engine} services`, {
    code: 'usage',
    hints: candidates.map((service) => `--service ${service.name}`),
  });
}

function noService(name: string, known: readonly Service[]): UserError {
  const names = known.map((service) => service.name);
  return new UserError(`there is no service ${name}`, {
    code: 'usage',
    hints: [knownNames(name, names)],
  });
}
