import type { ContainerLaunch, File, Fingerprint, Limit, NoLaunch, Port, ServerLaunch } from '../core/stack.ts';
import { hashOf } from '../lib/hash.ts';
import type { EngineInput } from './engine.ts';

/** Completes a container launch with the fingerprint of everything that can only change by making a new container. */
export function containerLaunch(
  input: EngineInput,
  parts: Omit<ContainerLaunch, 'kind' | 'fingerprint' | 'volumes' | 'hostNames'>,
): ContainerLaunch {
  const { hostNames = [] } = input;
  const fingerprint: Record<string, string> = {
    image: parts.image,
    ...portParts(input),
    ...envParts(parts.env),
    ...listPart('command', parts.command),
    ...listPart('volumes', input.volumes),
    ...listPart('names of the host', hostNames),
    ...fileParts(parts.files),
  };
  return { kind: 'container', volumes: input.volumes, hostNames, ...parts, fingerprint };
}

/** The launch of a plain process, or what stands against it: the engine's own limits and those of all engines. */
export function serverLaunch(
  input: EngineInput,
  limits: readonly Limit[],
  parts: Omit<ServerLaunch, 'kind' | 'fingerprint'>,
): ServerLaunch | NoLaunch {
  const all = [...imageLimit(input), ...limits, ...volumeLimit(input)];
  if (all.length > 0) return noLaunch(all);
  const fingerprint: Record<string, string> = {
    version: input.version,
    ...portParts(input),
    ...envParts(parts.env),
    ...listPart('command', parts.run),
    ...fileParts(parts.files),
  };
  return { kind: 'server', ...parts, fingerprint };
}

export function noLaunch(limits: readonly Limit[]): NoLaunch {
  return { kind: 'none', limits, files: [], template: null, made: {}, fingerprint: {} };
}

export const WITH_DOCKER = 'Run it with a Docker engine: devenv up --runtime docker.';

export function imageLimit({ image }: EngineInput): readonly Limit[] {
  if (image === undefined) return [];
  return [{ message: `the embedded runtime can't run the image ${image}`, key: 'image', hints: [WITH_DOCKER] }];
}

/** A plain process sees the whole disk, and nothing of it at another place. */
function volumeLimit({ volumes }: EngineInput): readonly Limit[] {
  if (volumes.length === 0) return [];
  return [
    {
      message: `the embedded runtime can't mount volumes (${volumes.join(', ')})`,
      key: 'volumes',
      hints: [WITH_DOCKER],
    },
  ];
}

/** `port` alone is the only one of an engine; its name is no word of the user's. */
function partName({ name }: Port): string {
  return name === 'main' ? 'port' : `port ${name}`;
}

function portParts(input: EngineInput): Fingerprint {
  return Object.fromEntries(input.ports.map((port) => [partName(port), String(port.host)]));
}

/** A leading # marks a hash: a difference then says only that the part changed. */
function envParts(env: Readonly<Record<string, string>>): Fingerprint {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [`$${name}`, `#${hashOf(value)}`]));
}

function listPart(name: string, list: readonly string[]): Fingerprint {
  return list.length === 0 ? {} : { [name]: list.join(' ') };
}

function fileParts(files: readonly File[]): Fingerprint {
  return Object.fromEntries(files.map((file) => [file.path, `#${hashOf(file.content.reveal())}`]));
}
