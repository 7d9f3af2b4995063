import type { CopyWay } from '../../core/runtime.ts';

const WORDS: Readonly<Record<CopyWay, string>> = {
  reflink: 'cloned without copying its blocks (reflink)',
  copy: 'copied, because its file system clones no blocks',
  ready: 'taken as a copy that was ready',
};

/** How a data folder was copied, for a person. */
export function copyWords(way: CopyWay): string {
  return WORDS[way];
}
