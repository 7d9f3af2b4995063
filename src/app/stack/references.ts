import type { Config } from '../../config/config.ts';
import type { Secret } from '../../core/secret.ts';
import type { Endpoint, Port } from '../../core/stack.ts';
import type { Scope } from '../../core/variables.ts';
import { LOOPBACK, type ServiceDraft } from './services.ts';

/** What `${db.url}` stands for, which depends on who reads it: a process on the host, or a container. */
export interface References {
  readonly fromHost: Scope['attribute'];
  readonly fromNetwork: Scope['attribute'];
}

export function attributesOf(
  config: Config,
  drafts: readonly ServiceDraft[],
  ports: ReadonlyMap<string, number>,
): References {
  const byName = new Map(drafts.map((draft) => [draft.input.name, draft]));
  const service = (name: string, path: readonly string[], endpoint: (port: Port) => Endpoint) => {
    const draft = byName.get(name);
    return draft && serviceAttribute(draft, path, endpoint);
  };
  const process = (name: string, path: readonly string[]) => {
    const port = config.processes[name] && ports.get(name);
    return port === undefined ? undefined : endpointAttribute({ host: LOOPBACK, port }, path, 'http');
  };
  return {
    fromHost: (name, path) => service(name, path, onHost) ?? process(name, path),
    fromNetwork: (name, path) => service(name, path, (port) => ({ host: name, port: port.container })),
  };
}

function onHost({ host: port }: Port): Endpoint {
  return { host: LOOPBACK, port };
}

function serviceAttribute(
  draft: ServiceDraft,
  path: readonly string[],
  endpoint: (port: Port) => Endpoint,
): string | Secret | undefined {
  // For browsers, whoever reads it: a container that sends one somewhere has to know its own address on the host.
  if (path.at(-1) === 'publicUrl') return serviceAttribute(draft, [...path.slice(0, -1), 'url'], onHost);
  const { engine, input } = draft;
  const [head = '', ...rest] = path;
  const named = input.ports.find((port) => port.name === head);
  if (named) return endpointAttribute(endpoint(named), rest, schemeOf(named.name));
  const [main] = input.ports;
  if (!main || rest.length > 0) return undefined;
  if (head === 'url') return engine.url(input, endpoint(main));
  return engine.attributes(input)[head] ?? endpointAttribute(endpoint(main), path, 'tcp');
}

function endpointAttribute({ host, port }: Endpoint, path: readonly string[], scheme: string): string | undefined {
  switch (path.join('.')) {
    case '':
      return `${host}:${port}`;
    case 'url':
      return `${scheme}://${host}:${port}`;
    case 'host':
      return host;
    case 'port':
      return String(port);
    default:
      return undefined;
  }
}

/** Of a plain image only the port's name is known. */
function schemeOf(port: string): string {
  if (/^(http|web|ui|api)/.test(port)) return 'http';
  return /^smtp/.test(port) ? 'smtp' : 'tcp';
}
