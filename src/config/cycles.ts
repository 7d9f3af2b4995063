import type { Path } from './path.ts';

/** Something that names others; each mention has its place. */
export interface Node {
  readonly name: string;
  readonly needs: readonly { readonly name: string; readonly path: Path }[];
}

export interface Cycle {
  /** Of the mention that closes it. */
  readonly path: Path;
  /** The first one is also the last. */
  readonly names: readonly string[];
}

/** Each cycle once, at the first name of the file that is in it. */
export function findCycles(nodes: readonly Node[]): readonly Cycle[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const cycles: Cycle[] = [];
  const done = new Set<Node>();
  const visit = (node: Node, above: readonly Node[]): void => {
    if (done.has(node)) return;
    const trail = [...above, node];
    for (const need of node.needs) {
      const next = byName.get(need.name);
      const start = next ? trail.indexOf(next) : -1;
      if (next && start < 0) visit(next, trail);
      if (next && start >= 0) {
        cycles.push({ path: need.path, names: [...trail.slice(start), next].map((part) => part.name) });
      }
    }
    done.add(node);
  };
  for (const node of nodes) visit(node, []);
  return cycles;
}
