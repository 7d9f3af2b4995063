import type { ContainerLaunch, File, Fingerprint, ServerLaunch } from '../core/stack.ts';
import { hashOf } from '../lib/hash.ts';
import type { EngineInput } from './engine.ts';

/** Completes a container launch with the fingerprint of everything that can only change by making a new container. */
export function containerLaunch(
  input: EngineInput,
  parts: Omit<ContainerLaunch, 'kind' | 'fingerprint' | 'volumes'>,
): ContainerLaunch {
  const fingerprint: Record<string, string> = {
    image: parts.image,
    ...portParts(input),
    ...envParts(parts.env),
    ...listPart('command', parts.command),
    ...listPart('volumes', input.volumes),
    ...fileParts(parts.files),
  };
  return { kind: 'container', volumes: input.volumes, ...parts, fingerprint };
}

export function serverLaunch(input: EngineInput, parts: Omit<ServerLaunch, 'kind' | 'fingerprint'>): ServerLaunch {
  const fingerprint: Record<string, string> = {
    version: input.version,
    ...portParts(input),
    ...envParts(parts.env),
    ...listPart('command', parts.run),
    ...fileParts(parts.files),
  };
  return { kind: 'server', ...parts, fingerprint };
}

function portParts(input: EngineInput): Fingerprint {
  return Object.fromEntries(input.ports.map((port) => [`port ${port.name}`, String(port.host)]));
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
