import { join } from 'node:path';
import { RESETS } from '../../config/check-data.ts';
import type { DataConfig, ProcessConfig } from '../../config/config.ts';
import { READY_SECONDS } from '../../config/fields.ts';
import { packageFolder } from '../../lib/installation.ts';
import { shellWord } from '../../lib/shell-word.ts';

/** What resets the data by its schedule: a process like the app's own, which the supervisor keeps running and logs. */
export function scheduledResets(
  data: readonly DataConfig[],
  tier: string,
  allowLive: readonly string[],
): readonly (readonly [string, ProcessConfig])[] {
  const scheduled = data.filter(({ reset }) => reset !== null);
  if (scheduled.length === 0) return [];
  const needs = scheduled.map(({ service }) => service);
  // It reads the configuration itself; by this it is started anew when another time is named there.
  const env = { DVE_RESETS: scheduled.map(({ service, reset }) => `${service} ${reset}`).join('; ') };
  const argv = [process.execPath, join(packageFolder(), 'dist', 'main.js'), 'data', 'resets', '--tier', tier];
  // It finds the same keys in its variables, and may be given to migrations what was let in for this `up`.
  for (const name of allowLive) argv.push('--allow-live', name);
  const command = `exec ${argv.map(shellWord).join(' ')}`;
  const config: ProcessConfig = {
    ...{ command, port: undefined, ready: { timeout: READY_SECONDS }, needs, restart: 'always' },
    ...{ once: false, watch: [], env, cwd: '.' },
  };
  return [[RESETS, config]];
}
