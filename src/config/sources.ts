import { Secret } from '../core/secret.ts';
import type { VariableLayer, VariableSource } from '../core/stack.ts';
import type { Flags } from './flags.ts';
import { formatPlace, type Layer, originOf } from './layers.ts';
import type { DotenvEntry } from './parse-dotenv.ts';
import { keysOf } from './path.ts';

export interface DotenvFile {
  readonly name: '.env' | '.env.local';
  readonly entries: readonly DotenvEntry[];
}

/** Every value that a file or flag gives for a variable; which one wins is decided later, from all of them. */
export function variableSources(
  layers: readonly Layer[],
  flags: Flags,
  dotenv: readonly DotenvFile[],
): readonly VariableSource[] {
  return [
    ...layers.flatMap((layer, index) => fromLayer(layer, layers.slice(index + 1))),
    ...flags.variables.map(({ name, value }) => source(name, value, 'flag', `--env ${name}`)),
    ...dotenv.flatMap((file) =>
      file.entries.map(({ name, value, line }) => source(name, value, file.name, `${file.name}:${line}`)),
    ),
  ];
}

/** Without the variables that a stronger layer removes. */
function fromLayer(layer: Layer, stronger: readonly Layer[]): readonly VariableSource[] {
  return Object.entries(envOf(layer)).flatMap(([name, value]) => {
    if (value === null || value === undefined || stronger.some((other) => envOf(other)[name] === null)) return [];
    const place = originOf([layer], ['env', name], 'key')?.place ?? { file: layer.file };
    return [source(name, String(value), layer.name, layer.name === 'flag' ? `--set env.${name}` : formatPlace(place))];
  });
}

function envOf(layer: Layer): Readonly<Record<string, unknown>> {
  return keysOf(keysOf(layer.value).env);
}

function source(name: string, value: string, layer: VariableLayer, place: string): VariableSource {
  return { name, value: new Secret(value), layer, place };
}
