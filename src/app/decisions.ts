import type { LoadedConfig } from '../config/load.ts';
import type { Emit } from '../core/events.ts';

/** What was decided before there is a plan, and why: what `--verbose` shows besides the plan. */
export function tellDecision(emit: Emit, about: string, text: string): void {
  emit({ type: 'decision', about, text });
}

/** The layers that a configuration was made from, the weakest first, with how many of its values each gives. */
export function tellLayers(emit: Emit, { tier, root, explain }: Pick<LoadedConfig, 'tier' | 'root' | 'explain'>): void {
  tellDecision(emit, 'config', `tier ${tier}, in ${root}`);
  const given = new Map<string, number>();
  for (const { layer, place } of explain()) {
    const file = place.replace(/(?::\d+)+$/, '');
    const name = file === '' || file === layer ? layer : `${layer} (${file})`;
    given.set(name, (given.get(name) ?? 0) + 1);
  }
  const strength = (name: string) => LAYERS.indexOf(name.split(' ')[0] ?? '');
  const layers = [...given].sort(([a], [b]) => strength(a) - strength(b));
  tellDecision(emit, 'layers', layers.map(([name, count]) => `${name} ${count}`).join(', '));
}

const LAYERS: readonly string[] = ['default', '.env', '.env.local', 'base', 'tier', 'local', 'flag'];
