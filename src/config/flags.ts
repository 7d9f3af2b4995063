import type { Problem } from '../core/errors.ts';
import type { Layer } from './layers.ts';
import { isEnvPath, isKeys, type Path } from './path.ts';
import { toPlain } from './plain.ts';

export interface Flags {
  readonly layer: Layer;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  readonly problems: readonly Problem[];
}

/** `--set services.db.version=16` as a layer, and `--env NAME=value` as variables. */
export function readFlags(options: { readonly set: readonly string[]; readonly env: readonly string[] }): Flags {
  const problems: Problem[] = [];
  let value: unknown = {};
  for (const flag of options.set) {
    const [path, text] = split(flag);
    if (text === undefined || path.some((key) => key === '')) {
      problems.push({ file: '--set', path: '', message: `\`${flag}\` is not of the form key.path=value` });
      continue;
    }
    value = overlay(value, nest(path, isEnvPath(path) && text !== 'null' ? text : scalar(text)));
  }
  const plain = toPlain(value);
  for (const flaw of plain.flaws) problems.push({ file: '--set', path: flaw.path.join('.'), message: flaw.message });
  const variables = options.env.flatMap((flag) => {
    const [, name, text] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(flag) ?? [];
    if (name !== undefined && text !== undefined) return [{ name, value: text }];
    // Not the whole flag: what follows the name may be a secret.
    problems.push({ file: '--env', path: '', message: `\`${flag.split('=')[0]}\` is not of the form NAME=value` });
    return [];
  });
  return {
    layer: { name: 'flag', file: '--set', prefix: [], value: plain.value, at: () => undefined },
    variables,
    problems,
  };
}

function split(flag: string): readonly [path: readonly string[], text: string | undefined] {
  const end = flag.indexOf('=');
  return end < 0 ? [[], undefined] : [flag.slice(0, end).split('.'), flag.slice(end + 1)];
}

function nest(path: Path, value: unknown): unknown {
  // `fromEntries` makes an own key of `__proto__`, which is then refused.
  return path.reduceRight<unknown>((inner, key) => Object.fromEntries([[key, inner]]), value);
}

/** Unlike a merge of layers this keeps null: it is to remove something from them. */
function overlay(below: unknown, above: unknown): unknown {
  if (!isKeys(below) || !isKeys(above)) return above;
  const entries = Object.entries(above).map(([key, value]) => [key, overlay(below[key], value)]);
  return { ...below, ...Object.fromEntries(entries) };
}

/** Numbers, true, false, null, lists and quoted text as in JSON; anything else is the text itself. */
function scalar(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
