import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageFolder } from '../../lib/installation.ts';
import type { CommonOptions } from '../options.ts';

/** Makes what the next reset and the next checkout take when nobody waits for it. It may be ended at any moment. */
export function tidyLater({ cwd, tier, set }: Pick<CommonOptions, 'cwd' | 'tier' | 'set'>): void {
  const flags = ['--cwd', cwd, '--tier', tier, ...set.flatMap((one) => ['--set', one])];
  const child = spawn(
    process.execPath,
    [join(packageFolder(), 'dist', 'main.js'), 'data', 'tidy', '--quiet', ...flags],
    {
      detached: true,
      stdio: 'ignore',
    },
  );
  // Without it the next reset copies the baseline first, and says so.
  child.once('error', () => {});
  child.unref();
}
