import { cutOffWords } from '../core/data/cut-off.ts';
import type { Observed, ProcessState, ServiceState } from '../core/observed.ts';
import { maskedUrl } from '../core/secret.ts';
import type { EnvironmentKind, RuntimeName, Stack } from '../core/stack.ts';
import { environmentLockState } from './environment-lock.ts';
import { observe } from './observe.ts';
import { openEnvironment } from './open.ts';
import type { CommonOptions } from './options.ts';

/** The shape of `devenv status --json`; part of the interface. */
export interface Status {
  readonly environment: EnvironmentStatus;
  readonly services: readonly ServiceStatus[];
  readonly processes: readonly ProcessStatus[];
}

export interface EnvironmentStatus {
  readonly id: string;
  readonly kind: EnvironmentKind;
  readonly project: string;
  readonly branch: string | null;
  readonly path: string;
  readonly runtime: RuntimeName;
}

export interface ServiceStatus {
  readonly name: string;
  readonly engine: string;
  readonly version: string;
  readonly state: ServiceState;
  readonly host: string;
  readonly port: number | null;
  /** With its password masked; null for an image without ports. */
  readonly url: string | null;
  /** What a command that was cut off has left of its data, and `up` mends; null where nothing did. */
  readonly cutOff: string | null;
}

export interface ProcessStatus {
  readonly name: string;
  readonly state: ProcessState;
  readonly pid: number | null;
  readonly port: number | null;
  readonly url: string | null;
}

export async function status(options: CommonOptions): Promise<Status> {
  const { stack, runtime } = await openEnvironment(options);
  const found = statusOf(stack, await observe(stack, runtime, options.signal));
  // What goes on looks as if it were cut off.
  if ((await environmentLockState(stack.environment.id)) !== 'held') return found;
  return { ...found, services: found.services.map((one) => ({ ...one, cutOff: null })) };
}

export function statusOf(stack: Stack, observed: Observed): Status {
  const { id, kind, project, branch, path } = stack.environment;
  return {
    environment: { id, kind, project, branch, path, runtime: stack.runtime },
    services: stack.services.map(({ name, engine, version, ports, url }) => {
      // What is there, also where the configuration asks for another by now.
      const found = observed.services.find((candidate) => candidate.name === name);
      return {
        name,
        engine: found?.engine || engine,
        version: found?.version || version,
        state: found?.state ?? 'missing',
        host: '127.0.0.1',
        port: ports[0]?.host ?? null,
        url: maskedUrl(url),
        cutOff: found?.content ? cutOffWords(found.content) : null,
      };
    }),
    processes: stack.processes.map(({ name, port, url }) => {
      const found = observed.processes.find((candidate) => candidate.name === name);
      return { name, state: found?.state ?? 'missing', pid: found?.pid ?? null, port, url };
    }),
  };
}
