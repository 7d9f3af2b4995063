import type { Draws } from '../../../lib/draws.ts';

/** Geometric types in the form that Postgres reads, within a square of 100. */
export const SHAPES: Readonly<Record<string, (draws: Draws) => string>> = {
  point,
  line: (draws) => `{${draws.between(1, 9)},${draws.between(1, 9)},${draws.between(-50, 50)}}`,
  lseg: (draws) => `[${point(draws)},${point(draws)}]`,
  box: (draws) => `(${draws.between(50, 99)},${draws.between(50, 99)}),(${draws.below(50)},${draws.below(50)})`,
  path: (draws) => `[${point(draws)},${point(draws)},${point(draws)}]`,
  polygon: (draws) => `(${point(draws)},${point(draws)},${point(draws)})`,
  circle: (draws) => `<${point(draws)},${draws.between(1, 20)}>`,
};

function point(draws: Draws): string {
  return `(${draws.below(10_000) / 100},${draws.below(10_000) / 100})`;
}
