import { suggestion } from '../lib/suggestion.ts';
import type { Finding } from './finding.ts';
import { entriesOf, keysOf } from './path.ts';

/** What one key asks of another: that a port which is waited for exists, that `once` and `restart` agree. */
export function checkReady(value: unknown): readonly Finding[] {
  const { services, processes } = keysOf(value);
  return [
    ...entriesOf(services).flatMap(([name, service]) => checkService(name, keysOf(service))),
    ...entriesOf(processes).flatMap(([name, process]) => checkProcess(name, keysOf(process))),
  ];
}

/** `web/health` → port `web` and path `/health`; without a name it is the only port. */
export function readyPort(
  ready: unknown,
  ports: readonly string[],
): { readonly port: string; readonly http?: string } | undefined {
  const { http, tcp } = keysOf(ready);
  if (typeof tcp === 'string') return { port: tcp };
  if (typeof http !== 'string') return undefined;
  const slash = http.indexOf('/');
  const first = ports.length === 1 ? ports[0] : undefined;
  return { port: http.slice(0, slash) || (first ?? ''), http: http.slice(slash) };
}

function checkService(name: string, service: Readonly<Record<string, unknown>>): readonly Finding[] {
  const { http, tcp } = keysOf(service.ready);
  if (http !== undefined && tcp !== undefined) {
    const message = 'either `http` or `tcp`; both is one too many';
    return [{ path: ['services', name, 'ready'], part: 'key', message }];
  }
  const ports = entriesOf(service.ports).map(([port]) => port);
  const ready = service.engine === undefined ? readyPort(service.ready, ports) : undefined;
  if (!ready || ports.includes(ready.port)) return [];
  const message =
    ready.port === ''
      ? 'no port is named; write { http: "port/path" }'
      : `\`${ready.port}\` is none of its ports${suggestion(ready.port, ports, { list: true })}`;
  const path = ['services', name, 'ready', ready.http === undefined ? 'tcp' : 'http'];
  return [{ path, part: 'value', message, absence: true }];
}

function checkProcess(name: string, process: Readonly<Record<string, unknown>>): readonly Finding[] {
  const path = ['processes', name];
  const findings: Finding[] = [];
  if (keysOf(process.ready).http !== undefined && process.port === undefined) {
    const message = 'a path can only answer on a `port`';
    findings.push({ path: [...path, 'ready', 'http'], part: 'value', message, absence: true });
  }
  if (process.once === true && process.restart === 'always') {
    findings.push({
      path: [...path, 'restart'],
      part: 'value',
      message: "a process that runs `once` can't restart always",
    });
  }
  return findings;
}
