import type { Document, Part } from './document.ts';
import { hasPath, isKeys, type Path } from './path.ts';

/** One part of the configuration, the weaker ones first in a list: base, tier, local, flags. */
export interface Layer {
  readonly name: 'base' | 'tier' | 'local' | 'flag';
  /** Relative to the project's folder; `--set` for flags. */
  readonly file: string;
  /** Where the value stands in the file: a tier is below `environments`. */
  readonly prefix: Path;
  readonly value: unknown;
  readonly at: Document['at'];
}

export interface Origin {
  readonly layer: Layer;
  readonly place: Place;
}

export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Objects are merged key by key, everything else is replaced by the stronger layer. `null` removes a key; it stays
 * behind as undefined, so that an unknown key is found even when it has no value.
 */
export function mergeLayers(layers: readonly Layer[]): unknown {
  return layers.map((layer) => layer.value).reduce<unknown>(merge, {});
}

export function merge(weak: unknown, strong: unknown): unknown {
  if (strong === null) return undefined;
  if (strong === undefined) return weak;
  if (!isKeys(strong)) return strong;
  const below = isKeys(weak) ? weak : {};
  const keys = new Set([...Object.keys(below), ...Object.keys(strong)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(below[key], strong[key])]));
}

/** The layer that a path's value comes from; undefined for one that stands nowhere, such as a default. */
export function originOf(layers: readonly Layer[], path: Path, part: Part): Origin | undefined {
  const layer = layers.findLast((candidate) => hasPath(candidate.value, path));
  return layer && { layer, place: placeIn(layer, path, part) };
}

/** The same for a path that may be missing: its nearest part that stands somewhere. */
export function nearestOrigin(layers: readonly Layer[], path: Path, part: Part): Origin | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const found = originOf(layers, path.slice(0, length), length === path.length ? part : 'key');
    if (found && (length > 0 || path.length === 0)) return found;
  }
  return layers[0] && { layer: layers[0], place: placeIn(layers[0], [], part) };
}

/** `devenv.config.yaml:12`, or the file alone where lines aren't known. */
export function formatPlace(place: Place): string {
  return place.line === undefined ? place.file : `${place.file}:${place.line}`;
}

function placeIn(layer: Layer, path: Path, part: Part): Place {
  return { file: layer.file, ...layer.at([...layer.prefix, ...path], part) };
}
