import { isAside, matching, type ProjectFiles, type TextFile } from './files.ts';

const TEST = /(^|\/)(test_[^/]*|[^/]*[._-](test|spec|stories)\.\w+|conftest\.py)$/;

/** The app's own code, without that of its tests and build settings. */
export function sourcesOf(files: ProjectFiles, pattern: RegExp): readonly TextFile[] {
  return matching(files, pattern).filter(({ name }) => !isAside(name) && !TEST.test(name));
}
