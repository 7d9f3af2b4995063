import { basename } from 'node:path';
import type { LoadedConfig } from '../config/load.ts';
import type { Emit } from '../core/events.ts';
import { untracked } from '../lib/git.ts';

/** The local layer is one person's own: committed by mistake, it would be everybody's. */
export async function warnLocal({ root, files }: LoadedConfig, emit: Emit): Promise<void> {
  const local = files.filter((file) => basename(file).startsWith('devenv.config.local.'));
  if (local.length === 0) return;
  const [name] = await untracked(root, local);
  if (name === undefined) return;
  const message = `git does not ignore ${name}; add this line to .gitignore: devenv.config.local.*`;
  emit({ type: 'notice', level: 'warning', message });
}
