import { UserError } from '../../../core/errors.ts';
import { exists } from '../exists.ts';
import { runTool } from './tool.ts';

/** Throws when a program would not find one of its libraries. */
export async function assertLibraries(program: string, libraries: string): Promise<void> {
  if (!(await exists('/usr/bin/ldd'))) return;
  const output = await runTool('ldd', [program], { env: { LD_LIBRARY_PATH: libraries } });
  const missing = [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
  if (missing.length === 0) return;
  throw new UserError(`${program} lacks ${missing.join(', ')}`, { code: 'noRuntime' });
}
