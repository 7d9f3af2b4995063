import { lineOf, matching } from '../files.ts';
import { type Finding, Rank } from '../finding.ts';
import { word } from '../js/manager.ts';
import type { Detector } from './detector.ts';

const EXPOSE = /^EXPOSE\s+(\d+)/im;
const COMMAND = /^CMD\s+(.+)$/gim;

/** The Dockerfile at the top: what its image starts, where nothing says how the app is developed. */
export const detectDockerfile: Detector = (files) =>
  matching(files, /^Dockerfile$/).flatMap(({ name: file, text }): readonly Finding[] => {
    const joined = text.replace(/\\\n/g, '  ');
    // The last stage is the one that runs.
    const given = [...joined.matchAll(COMMAND)].at(-1)?.[1]?.trim();
    const command = given && commandOf(given);
    if (!command) return [];
    const exposed = EXPOSE.exec(text);
    const line = lineOf(text, /^CMD\s/im);
    const evidence = { file, ...(line === undefined ? {} : { line }), what: 'CMD' };
    const at = lineOf(text, EXPOSE);
    const port = exposed && {
      value: Number(exposed[1]),
      evidence: { file, ...(at === undefined ? {} : { line: at }), what: `EXPOSE ${exposed[1]}` },
    };
    const process = { kind: 'process', name: port ? 'web' : 'app', command, rank: Rank.image, cwd: '.' } as const;
    return [{ ...process, role: port ? 'web' : 'other', ...(port ? { port } : {}), evidence }];
  });

/** A list of words, or a shell's line. */
function commandOf(given: string): string | undefined {
  if (!given.startsWith('[')) return given;
  try {
    const words: unknown = JSON.parse(given);
    return Array.isArray(words) && words.length > 0 ? words.map((part) => word(String(part))).join(' ') : undefined;
  } catch {
    return undefined;
  }
}
