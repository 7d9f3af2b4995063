import type { CopyWay } from '../../core/runtime.ts';

const WORDS: Readonly<Record<CopyWay, string>> = {
  reflink: 'cloned without copying its blocks (reflink)',
  copy: 'copied, because its file system can not clone',
};

/** How a data folder was copied, for a person. */
export function copyWords(way: CopyWay): string {
  return WORDS[way];
}
