import { suggestion } from '../lib/suggestion.ts';
import { findCycles, type Node as Named } from './cycles.ts';
import type { Finding } from './finding.ts';
import { entriesOf, keysOf, type Path } from './path.ts';

interface Node extends Named {
  readonly path: Path;
}

/** Names and what they need. Reads the merged value itself, so that it can say its part whatever else is wrong. */
export function checkNeeds(value: unknown): readonly Finding[] {
  const services = nodesOf(value, 'services');
  const processes = nodesOf(value, 'processes');
  return [
    ...clashes(services, processes),
    ...services.flatMap((node) => unknownNeeds(node, services, processes)),
    ...processes.flatMap((node) => unknownNeeds(node, [...services, ...processes], [])),
    ...findCycles([...services, ...processes]).map(
      ({ path, names }): Finding => ({
        path,
        part: 'value',
        message: `needs go round in a circle: ${names.join(' → ')}`,
      }),
    ),
  ];
}

function nodesOf(value: unknown, kind: 'services' | 'processes'): readonly Node[] {
  return entriesOf(keysOf(value)[kind]).flatMap(([name, entry]) => {
    const path = [kind, name];
    const needs: unknown = keysOf(entry).needs;
    const list: readonly unknown[] = Array.isArray(needs) ? needs : [];
    return [
      {
        name,
        path,
        needs: list.flatMap((need, index) =>
          typeof need === 'string' ? [{ name: need, path: [...path, 'needs', index] }] : [],
        ),
      },
    ];
  });
}

function clashes(services: readonly Node[], processes: readonly Node[]): readonly Finding[] {
  return processes.flatMap((process) => {
    const service = services.find((candidate) => candidate.name === process.name);
    if (!service) return [];
    const message = `\`${process.name}\` is also the name of a service,`;
    return [{ path: process.path, part: 'key' as const, message, also: service.path }];
  });
}

function unknownNeeds(node: Node, allowed: readonly Node[], others: readonly Node[]): readonly Finding[] {
  const names = allowed.map((candidate) => candidate.name);
  return node.needs.flatMap((need) => {
    if (names.includes(need.name)) return [];
    const message = others.some((other) => other.name === need.name)
      ? `\`${need.name}\` is a process; a service can only need services`
      : `there is no \`${need.name}\`${suggestion(need.name, names)}`;
    return [{ path: need.path, part: 'value' as const, message, absence: true as const }];
  });
}
