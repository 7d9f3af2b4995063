import type { Problem } from '../core/errors.ts';
import { checkLayers } from './check-layers.ts';
import { parseYaml } from './parse-yaml.ts';
import { formatPath } from './path.ts';

/** What is wrong with a configuration that is no file yet. */
export function problemsOfText(file: string, text: string): readonly Problem[] {
  const { value, flaws, at } = parseYaml(text);
  const layer = { name: 'base', file, prefix: [], value: value ?? {}, at } as const;
  const written = flaws.map((flaw) => ({ file, ...flaw.position, path: formatPath(flaw.path), message: flaw.message }));
  return [...written, ...checkLayers([layer], [], { whole: flaws.length === 0 }).problems];
}
