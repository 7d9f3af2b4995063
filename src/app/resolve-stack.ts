import { join } from 'node:path';
import type { Config, ProcessConfig, ServiceConfig } from '../config/schema.ts';
import type { Runtime } from '../core/runtime.ts';
import { Secret } from '../core/secret.ts';
import type { Endpoint, Fingerprint, Port, Process, Service, Stack, VariableSource, Variables } from '../core/stack.ts';
import { expandText, resolveVariables } from '../core/variables.ts';
import type { Engine, EngineInput } from '../engines/engine.ts';
import { engineOf } from '../engines/index.ts';
import { hashOf } from '../lib/hash.ts';
import { allocatePorts, type PortRequest } from '../state/ports.ts';
import { type Passwords, userPasswords } from '../state/secret.ts';
import type { Checkout } from './open.ts';

const LOOPBACK = '127.0.0.1';

/** Configuration + ports + passwords = the frozen description of one environment. */
export async function resolveStack(checkout: Checkout, runtime: Runtime): Promise<Stack> {
  const { environment, loaded } = checkout;
  const { config } = loaded;
  const [ports, passwords, versions] = await Promise.all([
    allocatePorts(environment.id, portRequests(config)),
    userPasswords(),
    resolveVersions(checkout, runtime),
  ]);
  const drafts = Object.entries(config.services).map(([name, service]) =>
    draftService(checkout, name, service, { ports, passwords, version: versions.get(name) ?? '' }),
  );
  const lookUp = attributesFor(config, drafts, ports);
  const services = drafts.map((draft) => finishService(draft, runtime, lookUp));
  const sources = [...mintedSources(checkout), ...loaded.sources, ...shellSources()];
  const variables = resolveVariables(sources, (name, path) => lookUp(name, path, 'host'));
  const processes = Object.entries(config.processes).map(([name, process]) =>
    resolveProcess(checkout, name, process, { ports, sources, lookUp }),
  );
  const hooks = config.hooks.ready ? { ready: { line: config.hooks.ready, cwd: loaded.root } } : {};
  return Object.freeze({ environment, runtime: runtime.name, services, processes, hooks, variables });
}

// --- ports and versions --------------------------------------------------------------------------------------------

function portRequests(config: Config): PortRequest[] {
  const services = Object.entries(config.services).flatMap(([name, service]) =>
    servicePorts(service).map((port) => ({
      name: portKey(name, port.name),
      preferred: port.name === 'main' ? (service.port ?? null) : null,
    })),
  );
  const processes = Object.entries(config.processes).flatMap(([name, process]) =>
    process.port === undefined ? [] : [{ name, preferred: process.port }],
  );
  return [...services, ...processes];
}

function servicePorts(service: ServiceConfig): readonly { name: string; container: number }[] {
  const named = Object.entries(service.ports ?? {}).map(([name, container]) => ({ name, container }));
  return service.engine ? [{ name: 'main', container: engineOf(service.engine).port }, ...named] : named;
}

function portKey(service: string, port: string): string {
  return port === 'main' ? service : `${service}.${port}`;
}

/** Without a version in the configuration: the one that wrote the data, else the newest that the runtime can give. */
async function resolveVersions(checkout: Checkout, runtime: Runtime): Promise<ReadonlyMap<string, string>> {
  const services = Object.entries(checkout.loaded.config.services);
  const open = services.filter(([, service]) => service.engine && !service.version);
  const data = open.length > 0 ? (await runtime.observeId(checkout.environment.id)).data : [];
  const versions = new Map<string, string>();
  for (const [name, service] of services) {
    const written = data.find(
      (candidate) => candidate.service === name && candidate.engine === service.engine,
    )?.version;
    versions.set(name, service.version ?? written ?? (await newestVersion(runtime, service)));
  }
  return versions;
}

async function newestVersion(runtime: Runtime, service: ServiceConfig): Promise<string> {
  if (!service.engine) return service.image?.split('@')[0]?.split(':')[1] ?? 'latest';
  const engine = engineOf(service.engine);
  const candidates = engine.versions.map((version) => ({
    version,
    programs: engine.programs(version, service.program),
  }));
  return runtime.newestVersion(candidates);
}

// --- services ------------------------------------------------------------------------------------------------------

interface ServiceDraft {
  readonly engine: Engine;
  readonly input: EngineInput;
  readonly config: ServiceConfig;
}

function draftService(
  checkout: Checkout,
  name: string,
  config: ServiceConfig,
  minted: { readonly ports: ReadonlyMap<string, number>; readonly passwords: Passwords; readonly version: string },
): ServiceDraft {
  const { project, id } = checkout.environment;
  const engine = engineOf(config.engine ?? 'container');
  const known = Object.keys(engine.settings);
  const settings = Object.fromEntries(Object.entries(config).filter(([key]) => known.includes(key)));
  const ports = servicePorts(config).map(
    (port): Port => ({ ...port, host: minted.ports.get(portKey(name, port.name)) ?? 0 }),
  );
  return {
    engine,
    config,
    input: {
      name,
      version: minted.version,
      ...(config.image === undefined ? {} : { image: config.image }),
      ...(config.program === undefined ? {} : { program: config.program }),
      settings: { ...engine.defaults(project), ...settings },
      env: {},
      command: config.command,
      volumes: config.volumes,
      ports,
      password: minted.passwords.of(id, name),
      templatePassword: minted.passwords.template,
    },
  };
}

function finishService({ engine, input, config }: ServiceDraft, runtime: Runtime, lookUp: LookUp): Service {
  const inside = (text: string) => expandText(text, (name, path) => lookUp(name, path, 'network'));
  const env = Object.fromEntries(Object.entries(config.env).map(([name, value]) => [name, inside(value)]));
  const complete = { ...input, env };
  return {
    name: input.name,
    engine: engine.name,
    version: input.version,
    needs: config.needs,
    ports: input.ports,
    password: input.password,
    settings: input.settings,
    ready: readyOf(config, input.ports),
    url: engine.url(input, { host: LOOPBACK, port: input.ports[0]?.host ?? 0 }),
    launch: runtime.name === 'docker' ? engine.container(complete) : engine.server(complete),
  };
}

/** `web/health` names a port and a path on it. */
function readyOf(config: ServiceConfig, ports: readonly Port[]): Service['ready'] {
  const { ready } = config;
  if (ready && 'http' in ready && ready.http !== undefined) {
    const slash = ready.http.indexOf('/');
    return { port: ready.http.slice(0, slash) || ports[0]?.name || '', http: ready.http.slice(slash) };
  }
  if (ready && 'tcp' in ready && ready.tcp !== undefined) return { port: ready.tcp };
  const [first] = ports;
  return first ? { port: first.name } : null;
}

// --- references ----------------------------------------------------------------------------------------------------

/** From where a reference is read: a process on the host, or a container in the environment's network. */
type Viewpoint = 'host' | 'network';
type LookUp = (name: string, path: readonly string[], from: Viewpoint) => string | Secret | undefined;

function attributesFor(config: Config, drafts: readonly ServiceDraft[], ports: ReadonlyMap<string, number>): LookUp {
  const byName = new Map(drafts.map((draft) => [draft.input.name, draft]));
  return (name, path, from) => {
    const draft = byName.get(name);
    if (draft) return serviceAttribute(draft, path, from);
    const port = config.processes[name] ? ports.get(name) : undefined;
    return port === undefined || from === 'network'
      ? undefined
      : endpointAttribute({ host: LOOPBACK, port }, path, 'http');
  };
}

function serviceAttribute(draft: ServiceDraft, path: readonly string[], from: Viewpoint): string | Secret | undefined {
  const { engine, input } = draft;
  const [head = 'url', ...rest] = path;
  const named = input.ports.find((port) => port.name === head);
  if (named) return endpointAttribute(endpointOf(input.name, named, from), rest, schemeOf(named.name));
  const main = input.ports[0] && endpointOf(input.name, input.ports[0], from);
  if (!main || rest.length > 0) return undefined;
  if (head === 'url') return engine.url(input, main);
  return engine.attributes(input)[head] ?? endpointAttribute(main, [head], 'tcp');
}

function endpointOf(service: string, port: Port, from: Viewpoint): Endpoint {
  return from === 'host' ? { host: LOOPBACK, port: port.host } : { host: service, port: port.container };
}

function endpointAttribute(endpoint: Endpoint, path: readonly string[], scheme: string): string | undefined {
  switch (path.join('.')) {
    case '':
      return `${endpoint.host}:${endpoint.port}`;
    case 'url':
      return `${scheme}://${endpoint.host}:${endpoint.port}`;
    case 'host':
      return endpoint.host;
    case 'port':
      return String(endpoint.port);
    default:
      return undefined;
  }
}

function schemeOf(port: string): string {
  return /^(http|web|ui|api)/.test(port) ? 'http' : /^smtp/.test(port) ? 'smtp' : 'tcp';
}

// --- processes and variables ---------------------------------------------------------------------------------------

function resolveProcess(
  checkout: Checkout,
  name: string,
  config: ProcessConfig,
  given: {
    readonly ports: ReadonlyMap<string, number>;
    readonly sources: readonly VariableSource[];
    readonly lookUp: LookUp;
  },
): Process {
  const port = config.port === undefined ? null : (given.ports.get(name) ?? null);
  const own = Object.entries(config.env).map(
    ([variable, value]): VariableSource => ({
      name: variable,
      value: new Secret(value),
      layer: 'local',
      place: `processes.${name}.env`,
    }),
  );
  const minted = port === null ? [] : [mint('PORT', String(port))];
  const variables = resolveVariables([...given.sources, ...own, ...minted], (target, path) =>
    given.lookUp(target, path, 'host'),
  );
  const command = { line: config.command, cwd: join(checkout.loaded.root, config.cwd ?? '.') };
  const process = {
    name,
    command,
    port,
    url: port === null ? null : `http://${LOOPBACK}:${port}`,
    ready: {
      ...(config.ready?.http === undefined ? {} : { http: config.ready.http }),
      timeoutMs: (config.ready?.timeout ?? 60) * 1000,
    },
    needs: config.needs,
    restart: config.restart,
    once: config.once,
    watch: config.watch,
  };
  const env = Object.fromEntries([...variables.values()].map((variable) => [variable.name, variable.value]));
  return { ...process, env, fingerprint: processFingerprint(process, variables) };
}

/** Variables that merely come from the shell are left out: each terminal has others, and none should restart anything. */
function processFingerprint(process: Omit<Process, 'env' | 'fingerprint'>, variables: Variables): Fingerprint {
  const { command, ready, restart, once, watch } = process;
  const chosen = [...variables.values()].filter((variable) => variable.winner.layer !== 'shell');
  return {
    command: command.line,
    folder: command.cwd,
    options: JSON.stringify({ ready, restart, once, watch }),
    ...Object.fromEntries(chosen.map(({ name, value }) => [name, `#${hashOf(value.reveal())}`])),
  };
}

function mintedSources(checkout: Checkout): VariableSource[] {
  const { id, project } = checkout.environment;
  return [mint('DVE_ENVIRONMENT', id), mint('DVE_PROJECT', project)];
}

function mint(name: string, value: string): VariableSource {
  return { name, value: new Secret(value), layer: 'minted', place: 'devenv' };
}

function shellSources(): VariableSource[] {
  return Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: new Secret(value), layer: 'shell', place: 'the shell' } as const],
  );
}
