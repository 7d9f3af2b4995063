import type Dockerode from 'dockerode';
import { messageOf, UserError } from '../../core/errors.ts';
import { type EngineAddress, engineAddresses, refuseRemote, USUAL } from './endpoint.ts';

export interface Engine {
  readonly docker: Dockerode;
  readonly about: string;
  readonly address: string;
}

export interface NoEngine {
  readonly engine: null;
  /** One reason an address. */
  readonly why: string;
  /** Something says that there is one: an address, or its socket. */
  readonly expected: boolean;
}

/** How long an engine may take to answer; one that somebody has named longer, since there is no other then. */
const ANSWER_MS = 3_000;
const TOLD_ANSWER_MS = 10_000;

/** The first engine that answers; otherwise why none does. */
export async function connectEngine(env: NodeJS.ProcessEnv): Promise<{ readonly engine: Engine } | NoEngine> {
  const reasons: string[] = [];
  for (const address of await engineAddresses(env)) {
    refuseRemote(address);
    try {
      return { engine: await openEngine(address, address.from === USUAL ? ANSWER_MS : TOLD_ANSWER_MS) };
    } catch (error) {
      reasons.push(`${address.host} (${address.from}): ${plainReason(error)}`);
    }
  }
  if (reasons.length > 0) return { engine: null, why: reasons.join('; '), expected: true };
  return { engine: null, why: 'no socket of a Docker engine is here', expected: false };
}

export async function openEngine(
  address: EngineAddress,
  limitMs = ANSWER_MS,
): Promise<Engine & { readonly version: Dockerode.DockerVersion }> {
  const { default: Docker } = await import('dockerode');
  const docker = address.host.startsWith('unix://')
    ? new Docker({ socketPath: address.host.slice('unix://'.length) })
    : tcpClient(Docker, address.host);
  const version = await versionOf(docker, limitMs);
  const product = version.Components?.[0]?.Name?.includes('Podman') ? 'Podman' : 'Docker';
  return { docker, version, about: `${product} ${version.Version} at ${address.host}`, address: address.host };
}

function tcpClient(Docker: typeof Dockerode, host: string): Dockerode {
  const url = new URL(host);
  return new Docker({
    host: url.hostname,
    port: Number(url.port || 2375),
    protocol: url.protocol === 'https:' ? 'https' : 'http',
  });
}

/** A socket may accept and never answer: a VM that is just starting, a suspended engine; or answer late, on a busy machine. */
async function versionOf(docker: Dockerode, limitMs: number) {
  const deadline = AbortSignal.timeout(limitMs);
  try {
    // Its types lag behind: the option is there since dockerode 4.
    return await (docker.version as (options: object) => Promise<Dockerode.DockerVersion>).call(docker, {
      abortSignal: deadline,
    });
  } catch (error) {
    throw deadline.aborted ? new Error(`no answer within ${limitMs / 1_000} s`) : error;
  }
}

export function plainReason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such socket';
    case 'ECONNREFUSED':
      return 'nothing listens there';
    case 'EACCES':
      return 'no permission; is your user in the docker group?';
    default:
      return messageOf(error);
  }
}

/** Turns the engine's errors into words for the user; what is none of them passes unchanged. */
export async function engineCall<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { code, statusCode } = error as { code?: string; statusCode?: number };
    if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET' || code === 'EPIPE') {
      throw new UserError(`the Docker engine went away (${doing})`, {
        code: 'noRuntime',
        hints: ['Start it again, then repeat the command: it goes on where it stopped.'],
        cause: error,
      });
    }
    if (statusCode === undefined) throw error;
    throw new UserError(`${doing}: ${engineMessage(error)}`, { cause: error });
  }
}

/** dockerode prefixes `(HTTP code 404) no such container - `; the engine's own words come after. */
export function engineMessage(error: unknown): string {
  const json = (error as { json?: { message?: string } }).json;
  return (json?.message ?? messageOf(error).replace(/^\(HTTP code \d+\) [^-]*- /, '')).trim();
}

export function hasStatus(error: unknown, ...codes: readonly number[]): boolean {
  const cause = error instanceof UserError ? error.cause : error;
  return codes.includes((cause as { statusCode?: number } | undefined)?.statusCode ?? 0);
}
