import type { Problem } from '../core/errors.ts';
import { locate } from './finding.ts';
import { formatPlace, type Layer, originOf } from './layers.ts';
import { isKeys, keysOf } from './path.ts';

/**
 * A list of data replaces what weaker layers say, as any list does. An object over a list would do the same, while it
 * looks as if it changed one entry: which of them it can't say.
 */
export function partsOverList(layers: readonly Layer[]): readonly Problem[] {
  let list: Layer | null = null;
  const problems: Problem[] = [];
  for (const layer of layers) {
    const { data } = keysOf(layer.value);
    if (data === undefined) continue;
    if (isKeys(data) && list) {
      const place = originOf([list], ['data'], 'key')?.place;
      const where = place ? ` in ${formatPlace(place)}` : '';
      const message = `\`data\` is a list${where}, which only a whole list can replace`;
      problems.push(locate({ path: ['data'], part: 'key', message }, [layer]));
    } else list = Array.isArray(data) ? layer : null;
  }
  return problems;
}
