import { readFile, stat } from 'node:fs/promises';
import { messageOf, UserError } from '../../core/errors.ts';
import { Label } from '../../core/labels.ts';
import { within } from '../../lib/within.ts';
import { openEngine, plainReason } from './connect.ts';
import { currentContext, type EngineAddress, engineAddresses, refuseRemote } from './endpoint.ts';

/** What came of looking for an engine, for `devenv doctor`. */
export interface EngineDiagnosis {
  readonly dockerHost: string | null;
  /** Null for the default one. */
  readonly context: string | null;
  /** An address that no engine of this machine can have. */
  readonly refused: { readonly message: string; readonly hints: readonly string[] } | null;
  readonly tried: readonly TriedAddress[];
  readonly answer: EngineAnswer | null;
}

export interface TriedAddress extends EngineAddress {
  /** The system's code, such as EACCES; `silent` for one that accepts and never answers. */
  readonly code: string;
  readonly words: string;
  /** Null where there is no file that can be looked at. */
  readonly socket: SocketRights | 'no socket' | null;
}

export interface SocketRights {
  readonly uid: number;
  /** By name where that is known. */
  readonly group: string;
  readonly mode: number;
}

export interface EngineAnswer {
  readonly about: string;
  readonly apiVersion: string;
  /** How far the engine's clock is ahead of ours; null where it doesn't tell. */
  readonly skewMs: number | null;
  /** A folder of this machine, or of the engine's own virtual one. */
  readonly dataRoot: string | null;
  readonly memoryBytes: number | null;
  readonly published: readonly PublishedPort[];
}

export interface PublishedPort {
  readonly port: number;
  readonly container: string;
  /** Id of the environment it belongs to. */
  readonly environment: string | null;
}

export async function diagnoseEngine(env: NodeJS.ProcessEnv): Promise<EngineDiagnosis> {
  const base = { dockerHost: env.DOCKER_HOST || null, context: await currentContext(env), refused: null };
  const tried: TriedAddress[] = [];
  try {
    for (const address of await engineAddresses(env)) {
      refuseRemote(address);
      const found = await tryAddress(address);
      if ('about' in found) return { ...base, tried, answer: found };
      tried.push(found);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...base, refused: { message: error.message, hints: error.hints }, tried, answer: null };
  }
  return { ...base, tried, answer: null };
}

async function tryAddress(address: EngineAddress): Promise<EngineAnswer | TriedAddress> {
  try {
    return await ask(address);
  } catch (error) {
    const silent = /no answer within/.test(messageOf(error));
    const code = silent ? 'silent' : ((error as NodeJS.ErrnoException).code ?? 'unknown');
    const socket = await socketOf(address.host);
    const words = socket === 'no socket' ? 'it is no socket' : plainReason(error);
    return { ...address, code, words, socket };
  }
}

const INFO_MS = 3_000;

async function ask(address: EngineAddress): Promise<EngineAnswer> {
  const { docker, about, version } = await openEngine(address);
  const before = Date.now();
  const signal = AbortSignal.timeout(INFO_MS);
  const asked = (docker.info as (options: object) => Promise<EngineInfo>).call(docker, { abortSignal: signal });
  const ports = within(
    INFO_MS,
    published(docker).catch(() => []),
    [],
  );
  const info = await within(
    INFO_MS,
    asked.catch(() => null),
    null,
  );
  const middle = (before + Date.now()) / 2;
  const time = Date.parse(info?.SystemTime ?? '');
  return {
    about,
    apiVersion: version.ApiVersion,
    skewMs: Number.isNaN(time) ? null : time - middle,
    dataRoot: info?.DockerRootDir || null,
    memoryBytes: info?.MemTotal || null,
    published: await ports,
  };
}

interface EngineInfo {
  readonly SystemTime?: string;
  readonly DockerRootDir?: string;
  readonly MemTotal?: number;
}

async function published(docker: Awaited<ReturnType<typeof openEngine>>['docker']): Promise<readonly PublishedPort[]> {
  const containers = await docker.listContainers({ abortSignal: AbortSignal.timeout(INFO_MS) });
  return containers.flatMap(({ Names, Ports, Labels }) =>
    Ports.filter(({ PublicPort }) => PublicPort > 0).map(({ PublicPort }) => ({
      port: PublicPort,
      container: Names[0]?.slice(1) ?? '',
      environment: Labels[Label.environment] ?? null,
    })),
  );
}

async function socketOf(host: string): Promise<TriedAddress['socket']> {
  if (!host.startsWith('unix://')) return null;
  const found = await stat(host.slice('unix://'.length)).catch(() => null);
  if (found === null) return null;
  if (!found.isSocket()) return 'no socket';
  return { uid: found.uid, group: await groupName(found.gid), mode: found.mode & 0o777 };
}

async function groupName(gid: number): Promise<string> {
  const groups = await readFile('/etc/group', 'utf8').catch(() => '');
  const fields = groups.split('\n').map((line) => line.split(':'));
  return fields.find(([, , id]) => id === String(gid))?.[0] ?? String(gid);
}
