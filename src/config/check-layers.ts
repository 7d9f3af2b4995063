import type { Problem } from '../core/errors.ts';
import { suggestion } from '../lib/suggestion.ts';
import { checkCircles } from './check-circles.ts';
import { checkData } from './check-data.ts';
import { checkMocks } from './check-mocks.ts';
import { checkNeeds } from './check-needs.ts';
import { checkReady } from './check-ready.ts';
import { checkReferences } from './check-references.ts';
import { checkShape, type Shaped } from './check-shape.ts';
import { partsOverList } from './data-layers.ts';
import { distinct, type Finding, locate } from './finding.ts';
import { type Layer, mergeLayers } from './layers.ts';
import { keysOf, type Path } from './path.ts';

/**
 * The selected layers, merged and checked; and the problems of these and of every other tier. Where the layers aren't
 * the whole of what the files say, nothing is said about what they lack.
 */
export function checkLayers(
  selected: readonly Layer[],
  others: readonly (readonly Layer[])[],
  { whole }: { readonly whole: boolean },
): { readonly shaped: Shaped; readonly problems: readonly Problem[] } {
  const shaped = checkShape(mergeLayers(selected));
  const all = [...new Set([selected, ...others].flat())];
  const located = (findings: readonly Finding[], layers: readonly Layer[]) =>
    findings.filter(({ absence }) => whole || !absence).map((finding) => locate(finding, layers));
  const problems = [
    ...all.flatMap(misplacedKeys),
    ...(whole ? all.flatMap((layer) => [...emptyValues(layer), ...emptyRemovals(layer, all)]) : []),
    ...[selected, ...others].flatMap(partsOverList),
    ...located([...shaped.findings, ...checkMeaning(selected)], selected),
    ...others.flatMap((layers) =>
      located([...checkShape(mergeLayers(layers)).findings, ...checkMeaning(layers)], layers),
    ),
  ];
  return { shaped, problems: distinct(problems) };
}

function checkMeaning(layers: readonly Layer[]): readonly Finding[] {
  const value = mergeLayers(layers);
  return [
    ...checkData(value),
    ...checkMocks(value),
    ...checkNeeds(value),
    ...checkReady(value),
    ...checkReferences(value),
    ...checkCircles(value),
  ];
}

/** A tier or a local file changes what an environment is made of, not which project this is. */
function misplacedKeys(layer: Layer): readonly Problem[] {
  if (layer.name === 'base') return [];
  return (layer.name === 'flag' ? ['environments'] : ['name', 'environments'])
    .filter((key) => Object.hasOwn(keysOf(layer.value), key))
    .map((key) =>
      locate({ path: [key], part: 'key', message: `\`${key}\` can only be set in the base configuration` }, [layer]),
    );
}

/** What a key of each group has to be given at least. */
const LEAST: Readonly<Record<string, string>> = {
  services: 'an engine or an image',
  processes: 'a command',
  env: '"" for an empty one',
  mocks: '{} for its defaults',
};

/** `ai:` with nothing behind it: in the base there is nothing below that it could remove. */
function emptyValues(layer: Layer): readonly Problem[] {
  if (layer.name !== 'base') return [];
  return Object.entries(LEAST).flatMap(([group, least]) =>
    Object.entries(keysOf(keysOf(layer.value)[group]))
      .filter(([, value]) => value === null)
      .map(([name]) => {
        const message = `\`${name}\` is empty: write ${least}, or leave it out`;
        return locate({ path: [group, name], part: 'key', message }, [layer]);
      }),
  );
}

/** `mial: null` where only `mail` could be removed. */
function emptyRemovals(layer: Layer, all: readonly Layer[]): readonly Problem[] {
  if (layer.name === 'base') return [];
  return ['services', 'processes', 'env'].flatMap((group) => {
    const others = all.filter((other) => other !== layer);
    const known = [...new Set(others.flatMap((other) => Object.keys(keysOf(keysOf(other.value)[group]))))];
    const removed = Object.entries(keysOf(keysOf(layer.value)[group])).filter(([, value]) => value === null);
    return removed
      .filter(([name]) => !known.includes(name))
      .map(([name]) => {
        const path: Path = [group, name];
        const message = `there is no \`${name}\` to remove${suggestion(name, known)}`;
        return locate({ path, part: 'key', message }, [layer]);
      });
  });
}
