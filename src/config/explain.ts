import { maskKeys } from '../core/guard/find.ts';
import { maskVariable } from '../core/secret.ts';
import { VARIABLE_LAYERS, type VariableSource } from '../core/stack.ts';
import { formatPlace, type Layer, originOf } from './layers.ts';
import { maskedValue } from './masked.ts';
import { formatPath, isKeys, type Keys, type Path } from './path.ts';

export interface ExplainedValue {
  readonly path: string;
  /** Text, number, boolean or list; what looks like a secret is masked. */
  readonly value: unknown;
  readonly layer: 'minted' | 'flag' | 'local' | 'tier' | 'base' | '.env.local' | '.env' | 'default';
  /** `devenv.config.yaml:12`; empty for a default. What is minted is so by `devenv`. */
  readonly place: string;
}

/** Every value of the configuration, in the order of its files, with the layer that it comes from. */
export function explain(
  { env: _, ...values }: Keys,
  layers: readonly Layer[],
  sources: readonly VariableSource[],
): readonly ExplainedValue[] {
  const variables = winners(sources).map((source) => fromSource(source));
  return [...leaves(values, []).map(({ path, value }) => fromLayers(path, value, layers)), ...variables];
}

function fromLayers(path: Path, value: unknown, layers: readonly Layer[]): ExplainedValue {
  const origin = originOf(layers, path, 'key');
  return {
    path: maskKeys(formatPath(path)),
    value: maskedValue(value, path),
    layer: origin?.layer.name ?? 'default',
    place: origin ? formatPlace(origin.place) : '',
  };
}

function fromSource({ name, value, layer, place }: VariableSource): ExplainedValue {
  return {
    path: maskKeys(`env.${name}`),
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

/** Lists are one value, but for those of groups; empty lists and groups say nothing. */
function leaves(value: unknown, path: Path): readonly { readonly path: Path; readonly value: unknown }[] {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
  if (Array.isArray(value) && value.every(isKeys))
    return value.flatMap((inner, index) => leaves(inner, [...path, index]));
  if (!isKeys(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
