import { MOCKS } from '../../config/check-mocks.ts';
import type { ServiceConfig } from '../../config/config.ts';
import { ConfigError } from '../../core/errors.ts';
import { Secret } from '../../core/secret.ts';
import type { ByName, Environment, RuntimeName, Service, VariableLayer, VariableSource } from '../../core/stack.ts';
import { expandText, resolveVariables, type Scope } from '../../core/variables.ts';
import type { Engine, EngineInput, NamedProgram } from '../../engines/engine.ts';
import { image } from '../../engines/image.ts';
import { engineOf } from '../../engines/index.ts';
import type { Passwords } from '../../state/secret.ts';
import { portKey, servicePorts } from './ports.ts';

export const LOOPBACK = '127.0.0.1';

/** In containers. Its folder is there before they first start, whatever their image. */
const AUTHORITY_FILE = '/etc/devenv-mocks-ca.pem';

/** A service whose variables are still to be filled in: they may refer to any other. */
export interface ServiceDraft {
  readonly engine: Engine;
  readonly input: EngineInput;
  readonly config: ServiceConfig;
}

export interface Minted {
  readonly ports: ReadonlyMap<string, number>;
  readonly passwords: Passwords;
  readonly version: string;
  readonly program: NamedProgram | null;
}

export function draftService(
  environment: Environment,
  name: string,
  config: ServiceConfig,
  { ports, passwords, version, program }: Minted,
): ServiceDraft {
  const engine = engineOf(config.engine);
  const input: EngineInput = {
    name,
    version,
    ...(config.image === undefined ? {} : { image: config.image }),
    ...(program === null ? {} : { program }),
    settings: { ...engine.defaults(environment.project), ...config.settings },
    env: {},
    command: config.command,
    volumes: config.volumes,
    ports: servicePorts(config).map((port) => ({ ...port, host: ports.get(portKey(name, port.name)) ?? 0 })),
    password: passwords.of(environment.id, name),
    templatePassword: passwords.template,
  };
  return { engine, config, input };
}

export interface ServiceSurroundings {
  readonly attribute: Scope['attribute'];
  readonly sources: readonly VariableSource[];
  /** What a container finds the mocks by. */
  readonly minted: Readonly<Record<string, string>>;
  readonly byName: ByName | null;
}

export function finishService(
  { engine, input, config }: ServiceDraft,
  runtime: RuntimeName,
  { attribute, sources, minted, byName }: ServiceSurroundings,
): Omit<Service, 'content'> {
  const others = lookUp(sources, attribute);
  const env = serviceEnv(input.name, config.env, { attribute, variable: (name) => minted[name] ?? others(name) });
  // An engine calls nobody; what runs in a plain image may be part of the app.
  const isApp = engine === image && Object.keys(minted).length > 0;
  const complete = { ...input, ...(isApp ? towardsMocks(env, minted, byName) : { env }) };
  const [main] = input.ports;
  return {
    name: input.name,
    engine: engine.name,
    version: input.version,
    needs: config.needs,
    ports: input.ports,
    password: input.password,
    settings: input.settings,
    ready: config.ready ?? (main ? { port: main.name } : null),
    timeoutMs: config.readyTimeout * 1_000,
    url: main ? engine.url(input, { host: LOOPBACK, port: main.host }) : null,
    launch: runtime === 'docker' ? engine.container(complete) : engine.server(complete),
  };
}

/** What the configuration names besides public authorities stays: one file alone can be named. */
function towardsMocks(
  env: Readonly<Record<string, string>>,
  minted: Readonly<Record<string, string>>,
  byName: ByName | null,
): Pick<EngineInput, 'env' | 'hostNames' | 'files'> {
  if (byName === null) return { env: { ...env, ...minted }, hostNames: [MOCKS] };
  const content = new Secret(byName.authority);
  return {
    env: { NODE_EXTRA_CA_CERTS: AUTHORITY_FILE, ...env, ...minted },
    hostNames: [MOCKS, ...byName.names],
    files: [{ path: AUTHORITY_FILE, mode: 0o644, content }],
  };
}

function serviceEnv(service: string, env: Readonly<Record<string, string>>, scope: Scope): Record<string, string> {
  const expanded = Object.entries(env).map(([name, text]) => ({ name, ...expandText(text, scope) }));
  const problems = expanded.flatMap(({ name, mistakes }) =>
    mistakes.map((message) => ({ file: 'configuration', path: `services.${service}.env.${name}`, message })),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.fromEntries(expanded.map(({ name, value }) => [name, value.reveal()]));
}

const PLAIN = new Set<VariableLayer>(['flag', '.env.local', '.env', 'shell']);

/** Flags, `.env` files and the shell, in their order. What the configuration computes is for the app's processes. */
function lookUp(sources: readonly VariableSource[], attribute: Scope['attribute']): Scope['variable'] {
  const plain = resolveVariables(
    sources.filter(({ layer }) => PLAIN.has(layer)),
    attribute,
  );
  return (name) => plain.get(name)?.value.reveal();
}
