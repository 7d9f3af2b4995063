import type { PathStep, Thing, Timings } from '../core/timings.ts';
import { seconds, table } from './words.ts';

/** What a person looks for at the end of a CI log: what was started, how long each took, and what it all waited for. */
export function summaryLines(timings: Timings): readonly string[] {
  const { ok, ms, things, kept, planMs, slowestPath } = timings;
  const shown = things.filter(({ kind }) => kind !== 'environment');
  const rows = shown.map((thing) => [
    `  ${thing.name}`,
    stateOf(thing),
    thing.state === 'done' ? (thing.url ?? '') : '',
  ]);
  return [
    ok ? `Ready in ${seconds(ms)}.` : `Not ready after ${seconds(ms)}.`,
    ...(rows.length > 0 ? table(rows).split('\n') : []),
    ...(kept.length > 0 ? [`Up already: ${kept.map(({ target }) => target).join(', ')}.`] : []),
    ...(slowestPath.length > 0
      ? [`Slowest path: ${[`plan ${seconds(planMs)}`, ...pathWords(timings)].join(', ')}.`]
      : []),
  ];
}

function stateOf({ state, beganMs, ms }: Thing): string {
  if (state === 'failed') return 'failed';
  if (state === 'unfinished') return beganMs === null ? 'did not begin' : 'was not ready';
  return `ready at ${seconds((beganMs ?? 0) + (ms ?? 0))}, took ${seconds(ms ?? 0)}`;
}

/** One step of a thing is named only where it is a good part of the whole. */
const NAMED_FROM = 0.1;

function pathWords({ slowestPath, ms }: Timings): readonly string[] {
  const targets = [...new Set(slowestPath.map(({ target }) => target))];
  return targets.map((target) => {
    const own = slowestPath.filter((step) => step.target === target);
    const named = own.filter((step) => step.ms >= NAMED_FROM * ms).map((step) => `${step.kind} ${seconds(step.ms)}`);
    const cut = own.every(({ finished }) => finished) ? [] : ['cut off'];
    const inside = [...(own.length > 1 ? named : []), ...cut];
    return `${target} ${seconds(sum(own))}${inside.length > 0 ? ` (${inside.join(', ')})` : ''}`;
  });
}

function sum(steps: readonly PathStep[]): number {
  return steps.reduce((total, { ms }) => total + ms, 0);
}

/** How lines are put into a log that can fold them. */
export interface Grouping {
  begin(title: string): readonly string[];
  end(): readonly string[];
}

export const PLAIN_GROUPS: Grouping = { begin: (title) => [`${title}:`], end: () => [] };

/** GitHub's workflow commands; what others print inside of a group is not taken for one. `token` is not guessable. */
export function githubGroups(token: string): Grouping {
  return {
    begin: (title) => [`::group::${title}`, `::stop-commands::${token}`],
    end: () => [`::${token}::`, '::endgroup::'],
  };
}
