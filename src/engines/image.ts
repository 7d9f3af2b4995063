import { connect } from 'node:net';
import { messageOf, UserError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import type { Endpoint, Service } from '../core/stack.ts';
import type { Check, Engine, EngineInput } from './engine.ts';
import { containerLaunch } from './launch.ts';

/** A service that is just an image: whatever the user names, with no knowledge of what runs in it. */
export const image: Engine = {
  name: 'container',
  versions: [],
  port: 0,
  settings: {},

  defaults: () => ({}),

  programs: () => null,

  attributes: () => ({}),

  url: (input, endpoint) => new Secret(`${scheme(input)}://${endpoint.host}:${endpoint.port}`),

  container(input) {
    return containerLaunch(input, {
      image: input.image ?? '',
      env: input.env,
      secretEnv: {},
      command: input.command,
      dataPath: null,
      files: [],
      template: null,
      stopSeconds: 10,
    });
  },

  server(input) {
    throw new UserError(`${input.name}: the embedded runtime can't run the image ${input.image}`, {
      code: 'noRuntime',
      hints: [
        'Run it with a Docker engine: devenv up --runtime docker.',
        `Or leave it out without one: a devenv.config.local.yaml with services: { ${input.name}: null }.`,
      ],
    });
  },

  check: (service, endpoint, signal) =>
    (service.ready?.http === undefined ? checkTcp : checkHttp)(service, endpoint, signal),

  setup: async () => {},

  client() {
    throw new UserError('a plain image has no client', {
      code: 'usage',
      hints: ['devenv shell NAME opens a shell in it.'],
    });
  },
};

/** By the port's name: nothing else is known about a plain image. */
function scheme(input: EngineInput): string {
  const name = input.ports[0]?.name ?? '';
  return /^(http|web|ui|api|main)/.test(name) || input.settings.http === true ? 'http' : 'tcp';
}

async function checkHttp(service: Service, endpoint: Endpoint, signal: AbortSignal): Promise<Check> {
  const url = `http://${endpoint.host}:${endpoint.port}${service.ready?.http ?? '/'}`;
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
    });
    await response.body?.cancel();
    return response.status < 400 ? { state: 'ready' } : { state: 'waiting', why: `GET ${url}: ${response.status}` };
  } catch (error) {
    return { state: 'waiting', why: `GET ${url}: ${messageOf((error as Error).cause ?? error)}` };
  }
}

/** How long a connection has to stay open to count: Docker's proxy accepts before the container does, then hangs up. */
const STAYS_OPEN_MS = 40;

function checkTcp(_service: Service, endpoint: Endpoint, signal: AbortSignal): Promise<Check> {
  return new Promise((resolve) => {
    const socket = connect({ host: endpoint.host, port: endpoint.port, signal });
    let timer: NodeJS.Timeout | undefined;
    const answer = (check: Check): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(check);
    };
    socket.on('connect', () => {
      timer = setTimeout(answer, STAYS_OPEN_MS, { state: 'ready' });
    });
    socket.on('data', () => answer({ state: 'ready' }));
    socket.on('error', (error) => answer({ state: 'waiting', why: error.message }));
    socket.on('close', () => answer({ state: 'waiting', why: 'it closes every connection at once' }));
  });
}
