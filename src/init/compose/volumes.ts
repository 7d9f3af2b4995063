import { isKeys } from '../../config/path.ts';

export interface Mounts {
  readonly volumes: readonly string[];
  /** Those that devenv has no words for, and why. */
  readonly left: readonly { readonly mount: string; readonly why: string }[];
}

/** Mounts in devenv's form. `data` are the places where an engine's data lies: devenv has those in its own hands. */
export function mountsOf(listed: readonly unknown[], folder: string, isData: (target: string) => boolean): Mounts {
  const volumes: string[] = [];
  const left: { readonly mount: string; readonly why: string }[] = [];
  for (const entry of listed) {
    const mount = readMount(entry);
    if (!mount) {
      if (!(isKeys(entry) && entry.type === 'tmpfs'))
        left.push({ mount: textOf(entry), why: 'a mount of another kind' });
      continue;
    }
    if (isData(mount.target)) continue;
    const source = sourceIn(mount.source, folder);
    if (source === undefined) left.push({ mount: textOf(entry), why: 'it leads out of the project' });
    else volumes.push(`${source}:${mount.target}${mount.readOnly ? ':ro' : ''}`);
  }
  return { volumes, left };
}

function readMount(entry: unknown) {
  if (isKeys(entry)) {
    const { source, target } = entry;
    if (typeof source !== 'string' || typeof target !== 'string') return undefined;
    return { source, target, readOnly: entry.read_only === true };
  }
  const [source, target, options = ''] = String(entry).split(':');
  if (!source || !target?.startsWith('/')) return undefined;
  return { source, target, readOnly: options.split(',').includes('ro') };
}

/** A named volume as it is; a folder relative to the project's, as long as it is inside. */
function sourceIn(source: string, folder: string): string | undefined {
  if (/^[a-zA-Z0-9][\w.-]*$/.test(source)) return source;
  if (!/^\.{1,2}(\/|$)/.test(source)) return undefined;
  const steps: string[] = [];
  for (const step of `${folder}/${source}`.split('/')) {
    if (step === '.' || step === '') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return ['.', ...steps].join('/');
}

function textOf(entry: unknown): string {
  return isKeys(entry) ? JSON.stringify(entry) : String(entry);
}
