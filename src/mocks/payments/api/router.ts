import type { Route } from './route.ts';

export interface Match {
  readonly route: Route;
  readonly ids: readonly string[];
}

/** A step of a path: those that follow by name, and the one that follows any id. */
interface Node {
  readonly named: Map<string, Node>;
  any: Node | null;
  readonly routes: Map<string, Route>;
}

/** Finds the route of a call; a name goes before an id, and `/v1/customers/search` is not a customer. */
export class Router {
  readonly #root = node();

  constructor(routes: Iterable<Route>) {
    for (const route of routes) this.#add(route);
  }

  /** Null where there is no such path, or none with this method. */
  find(method: string, path: string): Match | null {
    const ids: string[] = [];
    let at = this.#root;
    for (const step of stepsOf(path)) {
      const named = at.named.get(step);
      const next = named ?? (step === 'search' ? null : at.any);
      if (!next) return null;
      if (!named) ids.push(decoded(step));
      at = next;
    }
    const route = at.routes.get(method);
    return route ? { route, ids } : null;
  }

  #add(route: Route): void {
    let at = this.#root;
    for (const step of stepsOf(route.path)) at = step.startsWith(':') ? anyOf(at) : namedOf(at, step);
    if (at.routes.has(route.method)) throw new Error(`two routes for ${route.method} ${route.path}`);
    at.routes.set(route.method, route);
  }
}

function node(): Node {
  return { named: new Map(), any: null, routes: new Map() };
}

function anyOf(at: Node): Node {
  at.any ??= node();
  return at.any;
}

function namedOf(at: Node, step: string): Node {
  const found = at.named.get(step) ?? node();
  at.named.set(step, found);
  return found;
}

function stepsOf(path: string): readonly string[] {
  return path.split('/').filter((step) => step !== '');
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
