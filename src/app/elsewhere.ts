import type { KnownEnvironment } from '../state/records.ts';
import type { Reachable } from './choose-runtime.ts';

/**
 * Why the runtime that holds an environment according to its record can't be looked into: its containers may be on an
 * engine that doesn't answer now, or on another one than before. `onEngine`: the one that answers has something of it.
 */
export function elsewhere(
  record: KnownEnvironment | null,
  onEngine: boolean,
  { runtimes, noEngine }: Reachable,
): string | null {
  if (record?.runtime !== 'docker') return null;
  const engine = runtimes.find(({ name }) => name === 'docker');
  if (!engine) return `no Docker engine answers: ${noEngine?.why}`;
  if (onEngine || record.engine === engine.address) return null;
  return `it was made on the engine at ${record.engine ?? 'an address that nothing tells'}`;
}
