import { isAside, isBelow, type ProjectFiles } from './files.ts';
import { workspacesBeside } from './js/packages.ts';

/**
 * The files without those in folders beside the app, such as `docs` and `examples`: what those use, the app doesn't need
 * in order to run. A workspace that has something to run is a part of the app, whatever its folder is called.
 */
export function ownFiles(files: ProjectFiles): ProjectFiles {
  const parts = workspacesBeside(files);
  const isOwn = (name: string) =>
    !isAside(name) || parts.some((part) => isBelow(part, name) && !isAside(name.slice(part.length + 1)));
  return { ...files, texts: new Map([...files.texts].filter(([name]) => isOwn(name))) };
}
