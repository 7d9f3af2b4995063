import { Rank } from '../finding.ts';

/** Scripts that run for as long as somebody develops; the first that is there counts. */
const DEVELOP = ['dev', 'develop', 'start:dev', 'dev:start', 'watch', 'serve'];
const START = ['start', 'start:prod'];

export interface MainScript {
  readonly name: string;
  readonly rank: number;
}

/** The script that a package is run with. */
export function mainScript(scripts: ReadonlyMap<string, string>): MainScript | undefined {
  const develop = DEVELOP.find((name) => scripts.has(name));
  if (develop !== undefined) return { name: develop, rank: Rank.develop };
  const start = START.find((name) => scripts.has(name));
  return start === undefined ? undefined : { name: start, rank: Rank.start };
}
