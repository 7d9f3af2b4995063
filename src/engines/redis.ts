import { connect } from 'node:net';
import { DATABASES } from '../core/data/redis-copies.ts';
import { Secret } from '../core/secret.ts';
import type { Endpoint, File, Programs, Service } from '../core/stack.ts';
import { onAbort } from '../lib/on-abort.ts';
import { connectionWords } from '../lib/probe.ts';
import type { Check, Engine, EngineInput, NamedProgram } from './engine.ts';
import { containerLaunch, serverLaunch } from './launch.ts';

export const redis: Engine = {
  name: 'redis',
  versions: ['6', '7', '8'],
  port: 6379,
  settings: {},

  defaults: () => ({}),

  programs,

  attributes: (input) => ({ user: 'default', password: input.password }),

  url: (input, endpoint) => new Secret(`redis://default:${input.password.reveal()}@${endpoint.host}:${endpoint.port}`),

  container(input) {
    return containerLaunch(input, {
      image: input.image ?? `redis:${input.version}`,
      env: input.env,
      secretEnv: {},
      command: ['redis-server', '/usr/local/etc/redis.conf', ...input.command],
      dataPath: '/data',
      // Readable for all: the image's entrypoint starts as root and goes on as a user whose id it alone knows.
      files: [configFile('/usr/local/etc/redis.conf', 0o644, input)],
      template: null,
      made: {},
      stopSeconds: 60,
    });
  },

  server(input) {
    return serverLaunch(input, [], {
      programs: programs(input.version, input.program),
      init: null,
      run: [
        ...['redis-server', '{files}/redis.conf', '--port', '{port}', '--bind', '127.0.0.1', '--dir', '{data}'],
        ...input.command,
      ],
      env: input.env,
      files: [configFile('redis.conf', 0o600, input)],
      stopSignal: 'SIGTERM',
      template: null,
      made: {},
    });
  },

  check: checkRedis,

  // The password is in the configuration file, which is part of the fingerprint: there is nothing to set up.
  setup: async () => {},

  client: (service, endpoint) => ({
    argv: ['redis-cli', '-h', endpoint.host, '-p', String(endpoint.port)],
    env: { REDISCLI_AUTH: service.password.reveal() },
  }),
};

function programs(major: string, program?: NamedProgram): Programs {
  return {
    from: 'path',
    ...(program ? { names: [program.path], named: program.place } : { names: ['redis-server', 'valkey-server'] }),
    majors: [major],
    debian: ['redis-server', 'redis-tools'],
    debianProgram: 'usr/bin/redis-check-rdb',
    installHint: 'redis-server',
  };
}

/** In a file, not in argv: every user of the machine can read argv. */
function configFile(path: string, mode: number, input: EngineInput): File {
  const lines = [`requirepass ${input.password.reveal()}`, 'appendonly yes', `databases ${DATABASES}`, ''];
  return { path, mode, content: new Secret(lines.join('\n')) };
}

/**
 * AUTH and PING in the Redis protocol (RESP2). Written out because this runs in every `up`: loading a client library
 * takes longer than all the rest of the check.
 */
async function checkRedis(service: Service, endpoint: Endpoint, signal: AbortSignal): Promise<Check> {
  try {
    signal.throwIfAborted();
    const answer = await exchange(endpoint, `AUTH ${service.password.reveal()}\r\nPING\r\n`, signal);
    if (answer.includes('+PONG')) return { state: 'ready' };
    return { state: 'waiting', why: answer.split('\r\n')[0]?.replace(/^-/, '') || 'it closed the connection' };
  } catch (error) {
    return { state: 'waiting', why: connectionWords(error as Error) };
  }
}

/** Sends the lines and collects what comes until two replies, an error reply or the end. */
function exchange(endpoint: Endpoint, lines: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ host: endpoint.host, port: endpoint.port });
    const cutOff = (): void => void socket.destroy(new Error('no answer'));
    onAbort(signal, cutOff);
    socket.setEncoding('latin1');
    socket.on('connect', () => socket.write(lines));
    socket.on('data', (chunk) => {
      answer += String(chunk);
      if (answer.startsWith('-') || answer.split('\r\n').length > 2) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      signal.removeEventListener('abort', cutOff);
      resolve(answer);
    });
  });
}
