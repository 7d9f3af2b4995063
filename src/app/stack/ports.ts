import { MOCKS } from '../../config/check-mocks.ts';
import type { Config, ServiceConfig } from '../../config/config.ts';
import { engineOf } from '../../engines/index.ts';
import type { PortRequest } from '../../state/ports.ts';

/** Every port that a configuration needs on the host. */
export function portRequests(config: Config): PortRequest[] {
  const services = Object.entries(config.services).flatMap(([name, service]) =>
    servicePorts(service).map((port) => ({
      name: portKey(name, port.name),
      preferred: port.name === MAIN ? (service.port ?? null) : null,
    })),
  );
  const processes = Object.entries(config.processes).flatMap(([name, process]) =>
    process.port === undefined ? [] : [{ name, preferred: process.port }],
  );
  const mocks = config.mocks ? [{ name: MOCKS, preferred: null }] : [];
  return [...services, ...processes, ...mocks];
}

/** An engine's own port, and the ones that a plain image names. */
export function servicePorts(service: ServiceConfig): readonly { readonly name: string; readonly container: number }[] {
  const named = Object.entries(service.ports).map(([name, container]) => ({ name, container }));
  const { port } = engineOf(service.engine);
  return port === 0 ? named : [{ name: MAIN, container: port }, ...named];
}

/** The name under which a port is kept: `db`, or `mail.smtp`. */
export function portKey(service: string, port: string): string {
  return port === MAIN ? service : `${service}.${port}`;
}

const MAIN = 'main';
