/** What is found by its method and its path: `/v1/customers/:id`. */
interface Routed {
  readonly method: string;
  readonly path: string;
}

export interface Match<R extends Routed> {
  readonly route: R;
  readonly ids: readonly string[];
}

/** A step of a path: those that follow by name, and the one that follows any id. */
interface Node<R> {
  readonly named: Map<string, Node<R>>;
  any: Node<R> | null;
  readonly routes: Map<string, R>;
}

/** Finds the route of a call; a name goes before an id, so that `/v1/customers/search` is not a customer. */
export class Router<R extends Routed> {
  readonly #root: Node<R> = node();

  constructor(routes: Iterable<R>) {
    for (const route of routes) this.#add(route);
  }

  /** Null where there is no such path, or none with this method. */
  find(method: string, path: string): Match<R> | null {
    const ids: string[] = [];
    let at = this.#root;
    for (const step of stepsOf(path)) {
      const named = at.named.get(step);
      const next = named ?? at.any;
      if (!next) return null;
      if (!named) ids.push(decoded(step));
      at = next;
    }
    const route = at.routes.get(method);
    return route ? { route, ids } : null;
  }

  #add(route: R): void {
    let at = this.#root;
    for (const step of stepsOf(route.path)) at = step.startsWith(':') ? anyOf(at) : namedOf(at, step);
    if (at.routes.has(route.method)) throw new Error(`two routes for ${route.method} ${route.path}`);
    at.routes.set(route.method, route);
  }
}

function node<R>(): Node<R> {
  return { named: new Map(), any: null, routes: new Map() };
}

function anyOf<R>(at: Node<R>): Node<R> {
  at.any ??= node<R>();
  return at.any;
}

function namedOf<R>(at: Node<R>, step: string): Node<R> {
  const found = at.named.get(step) ?? node<R>();
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
