import { resolve } from 'node:path';
import type { LoadedConfig } from '../../config/load.ts';
import type { NamedProgram } from '../../engines/engine.ts';
import { placeOf } from './place-of.ts';

/** A path is meant from the project's folder, wherever the command is given. */
export function namedProgram(loaded: LoadedConfig, service: string): NamedProgram | null {
  const program = loaded.config.services[service]?.program;
  if (program === undefined) return null;
  const path = program.includes('/') ? resolve(loaded.root, program) : program;
  return { path, place: placeOf(loaded, `services.${service}.program`) };
}
