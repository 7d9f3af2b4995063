import { join } from 'node:path';
import type { ProcessConfig } from '../../config/config.ts';
import { Secret } from '../../core/secret.ts';
import type { Fingerprint, Process, VariableSource, Variables } from '../../core/stack.ts';
import { resolveVariables, type Scope } from '../../core/variables.ts';
import { hashOf } from '../../lib/hash.ts';
import { mint } from './mint.ts';
import { LOOPBACK } from './services.ts';

export interface ProcessSurroundings {
  readonly port: number | undefined;
  readonly sources: readonly VariableSource[];
  readonly attribute: Scope['attribute'];
  readonly input?: Secret;
}

export function resolveProcess(
  root: string,
  name: string,
  config: ProcessConfig,
  { port, sources, attribute, input }: ProcessSurroundings,
): Process {
  const own = ownSources(name, config, port);
  const variables = resolveVariables([...sources, ...own], attribute);
  const process = {
    name,
    command: { line: config.command, cwd: join(root, config.cwd) },
    port: port ?? null,
    url: port === undefined ? null : `http://${LOOPBACK}:${port}`,
    ready: {
      ...(config.ready.http === undefined ? {} : { http: config.ready.http }),
      timeoutMs: config.ready.timeout * 1_000,
    },
    needs: config.needs,
    restart: config.restart,
    once: config.once,
    watch: config.watch,
    ...(input ? { input } : {}),
  };
  const env = Object.fromEntries([...variables.values()].map((variable) => [variable.name, variable.value]));
  return { ...process, env, ownSources: own, fingerprint: fingerprintOf(process, variables) };
}

/** A process's own variables come after, and so before, all others of the configuration. */
function ownSources(name: string, config: ProcessConfig, port: number | undefined): VariableSource[] {
  const own = Object.entries(config.env).map(
    ([variable, value]): VariableSource => ({
      name: variable,
      value: new Secret(value),
      layer: 'local',
      place: `processes.${name}.env`,
    }),
  );
  return port === undefined ? own : [...own, mint('PORT', String(port))];
}

/** Variables that merely come from the shell are left out: each terminal has others, and none should restart anything. */
function fingerprintOf(
  process: Omit<Process, 'env' | 'ownSources' | 'fingerprint'>,
  variables: Variables,
): Fingerprint {
  const { command, ready, restart, once, watch, input } = process;
  const chosen = [...variables.values()].filter((variable) => variable.winner.layer !== 'shell');
  return {
    command: command.line,
    folder: command.cwd,
    ready: ready.http ?? 'its port',
    timeout: `${ready.timeoutMs / 1_000} s`,
    restart,
    once: String(once),
    ...(watch.length > 0 ? { watch: watch.join(' ') } : {}),
    ...(input ? { configuration: `#${hashOf(input.reveal())}` } : {}),
    ...Object.fromEntries(chosen.map(({ name, value }) => [`$${name}`, `#${hashOf(value.reveal())}`])),
  };
}
