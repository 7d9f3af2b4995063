import { parseTemplate } from '../core/variables.ts';
import { findCycles, type Node } from './cycles.ts';
import type { Finding } from './finding.ts';
import { entriesOf, keysOf, type Path } from './path.ts';

/** Variables of the configuration that stand for each other. One that names itself gets its next weaker value. */
export function checkCircles(value: unknown): readonly Finding[] {
  const { env, processes } = keysOf(value);
  const common = nodesOf(env, ['env']);
  const ofProcesses = entriesOf(processes).flatMap(([name, process]) => {
    const own = nodesOf(keysOf(process).env, ['processes', name, 'env']);
    const others = common.filter((node) => own.every((other) => other.name !== node.name));
    const mine = new Set(own.map((node) => node.name));
    return findCycles([...own, ...others]).filter(({ names }) => names.some((one) => mine.has(one)));
  });
  return [...findCycles(common), ...ofProcesses].map(({ path, names }) => ({
    path,
    part: 'value',
    message: `the values go round in a circle: ${names.join(' → ')}`,
  }));
}

function nodesOf(env: unknown, above: Path): readonly Node[] {
  return entriesOf(env).map(([name, text]) => {
    const path = [...above, name];
    const parts = typeof text === 'string' ? parseTemplate(text) : [];
    const others = parts.filter((part) => part.kind === 'variable').map((part) => part.name);
    return { name, needs: others.filter((other) => other !== name).map((other) => ({ name: other, path })) };
  });
}
