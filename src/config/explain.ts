import { maskVariable } from '../core/secret.ts';
import { VARIABLE_LAYERS, type VariableSource } from '../core/stack.ts';
import type { Shaped } from './check-shape.ts';
import { formatPlace, type Layer, originOf } from './layers.ts';
import { formatPath, isEnvPath, isKeys, type Path } from './path.ts';

export interface ExplainedValue {
  readonly path: string;
  /** Text, number, boolean or list; what looks like a secret is masked. */
  readonly value: unknown;
  readonly layer: 'flag' | 'local' | 'tier' | 'base' | '.env.local' | '.env' | 'default';
  /** `devenv.config.yaml:12`; empty for a default. */
  readonly place: string;
}

/** Every value of the configuration, in the order of its files, with the layer that it comes from. */
export function explain(
  shaped: Shaped,
  name: string,
  layers: readonly Layer[],
  sources: readonly VariableSource[],
): readonly ExplainedValue[] {
  const { runtime, processes, hooks } = shaped.project ?? {};
  const values = { name, runtime, services: shaped.services, processes, hooks };
  const variables = winners(sources).map((source) => fromSource(source));
  return [...leaves(values, []).map(({ path, value }) => fromLayers(path, value, layers)), ...variables];
}

function fromLayers(path: Path, value: unknown, layers: readonly Layer[]): ExplainedValue {
  const origin = originOf(layers, path, 'key');
  return {
    path: formatPath(path),
    value: isEnvPath(path) ? maskVariable(String(path.at(-1)), String(value)) : value,
    layer: origin?.layer.name ?? 'default',
    place: origin ? formatPlace(origin.place) : '',
  };
}

function fromSource({ name, value, layer, place }: VariableSource): ExplainedValue {
  return {
    path: `env.${name}`,
    value: maskVariable(name, value.reveal()),
    layer: layer as ExplainedValue['layer'],
    place,
  };
}

/** The strongest source of each variable, in the order of their first appearance. */
function winners(sources: readonly VariableSource[]): readonly VariableSource[] {
  const found = new Map<string, VariableSource>();
  const rank = (source: VariableSource) => VARIABLE_LAYERS.indexOf(source.layer);
  for (const source of sources) {
    const before = found.get(source.name);
    if (!before || rank(source) <= rank(before)) found.set(source.name, source);
  }
  return [...found.values()];
}

/** Lists are one value; empty lists and groups say nothing. */
function leaves(value: unknown, path: Path): readonly { readonly path: Path; readonly value: unknown }[] {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
  if (!isKeys(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
