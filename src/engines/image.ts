import { Secret } from '../core/secret.ts';
import type { Endpoint, Service } from '../core/stack.ts';
import { httpProbe, httpUrl, tcpAddress, tcpProbe } from '../lib/probe.ts';
import type { Check, Engine } from './engine.ts';
import { containerLaunch, imageLimit, noLaunch } from './launch.ts';

/** A service that is just an image: whatever the user names, with no knowledge of what runs in it. */
export const image: Engine = {
  name: 'container',
  versions: [],
  port: 0,
  settings: {},

  defaults: () => ({}),

  programs: () => null,

  attributes: () => ({}),

  url: (input, endpoint) =>
    new Secret(`${isHttp(input.ports[0]?.name, input.settings) ? 'http' : 'tcp'}://${endpoint.host}:${endpoint.port}`),

  container(input) {
    return containerLaunch(input, {
      image: input.image ?? '',
      env: input.env,
      secretEnv: {},
      command: input.command,
      dataPath: null,
      files: input.files ?? [],
      template: null,
      made: {},
      stopSeconds: 10,
    });
  },

  server(input) {
    const leaveOut = `Or leave it out without one: a devenv.config.local.yaml with services: { ${input.name}: null }.`;
    return noLaunch(imageLimit(input).map((limit) => ({ ...limit, hints: [...limit.hints, leaveOut] })));
  },

  check: checkPort,

  setup: async () => {},

  client: () => null,
};

/** By the name of its first port: nothing else is known about a plain image. */
export function isHttp(port: string | undefined, settings: Readonly<Record<string, unknown>>): boolean {
  return /^(http|web|ui|api|main)/.test(port ?? '') || settings.http === true;
}

async function checkPort(service: Service, { port }: Endpoint, signal: AbortSignal): Promise<Check> {
  // Without a port all that can be known is that it runs, which is for the runtime to say.
  if (service.ports.length === 0) return { state: 'ready', unproven: true };
  const path = service.ready?.http;
  if (path === undefined) {
    const problem = await tcpProbe(port, { staysOpenMs: STAYS_OPEN_MS })(signal);
    if (problem === null) return { state: 'ready', unproven: true };
    return { state: 'waiting', why: `${tcpAddress(port)}: ${problem}` };
  }
  const url = httpUrl(port, path);
  const problem = await httpProbe(url)(signal);
  return problem === null ? { state: 'ready' } : { state: 'waiting', why: `GET ${url}: ${problem}` };
}

const STAYS_OPEN_MS = 40;
