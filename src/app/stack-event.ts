import type { Event } from '../core/events.ts';
import { maskKeys } from '../core/guard/find.ts';
import { maskedUrl } from '../core/secret.ts';
import { mainPort, type Service, type Stack } from '../core/stack.ts';
import type { Checkout } from './open.ts';
import { portRequests } from './stack/ports.ts';

/** What there is, as displays are told of it. */
export function stackEvent(stack: Stack, { loaded }: Pick<Checkout, 'loaded'>): Event & { readonly type: 'stack' } {
  const asked = new Map(portRequests(loaded.config).map(({ name, preferred }) => [name, preferred]));
  const portsOf = (name: string, port: number | null) => ({ port, askedPort: asked.get(name) ?? null });
  return {
    type: 'stack',
    services: stack.services.map((service) => {
      const { name, engine, version, needs, url } = service;
      const ports = portsOf(name, mainPort(service)?.host ?? null);
      return { name, engine, version, image: imageOf(service), needs, ...ports, url: maskedUrl(url) };
    }),
    processes: stack.processes.map(({ name, command: { line, cwd }, needs, port, url }) => ({
      ...{ name, command: maskKeys(line), cwd, needs },
      ...portsOf(name, port),
      url,
    })),
  };
}

function imageOf({ launch }: Service): string | null {
  return launch.kind === 'container' ? launch.image : null;
}
