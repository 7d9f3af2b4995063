import { join } from 'node:path';
import { environmentState } from '../../lib/paths.ts';

/** Where an environment's mocks keep their journals. */
export function mocksFolder(environment: string): string {
  return join(environmentState(environment), 'mocks');
}

/** In the project, committed with it. */
export const RECORDINGS = join('mocks', 'recordings');
