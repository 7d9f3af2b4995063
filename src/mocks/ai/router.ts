import type { Answer, Call, Provider } from '../provider.ts';
import { Refusal } from './refusal.ts';
import type { AiProvider } from './rules.ts';
import type { Shared } from './shared.ts';
import { Turn } from './turn.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** A part that begins with a colon stands for any: `/v1/models/:id`. */
  readonly path: string;
  /** `id` is what stands for the path's part with a colon. */
  readonly answer: (turn: Turn, call: Call, id: string) => Answer | Promise<Answer>;
}

/** What one provider does its own way. */
export interface Dialect {
  readonly name: AiProvider;
  readonly routes: readonly Route[];
  /** Beginnings of paths that the provider has and the mock lacks, but for the routes. */
  readonly lacks: readonly string[];
  /** Throws a Refusal where the key isn't the minted one. */
  readonly authorize: (call: Call, key: string) => void;
  readonly refuse: (refusal: Refusal, turn: Turn, call: Call) => Answer;
}

export function createProvider(dialect: Dialect, shared: Shared): Provider {
  const find = finder(dialect);
  return {
    name: dialect.name,
    async answer(call) {
      const turn = new Turn(shared, dialect.name);
      const answer = await answered(dialect, shared, turn, call, find);
      shared.state.use(turn.tokens.input + turn.tokens.output);
      return turn.finished(answer);
    },
  };
}

async function answered(
  dialect: Dialect,
  shared: Shared,
  turn: Turn,
  call: Call,
  find: (call: Call) => { route: Route; id: string },
): Promise<Answer> {
  try {
    dialect.authorize(call, shared.keys[dialect.name]);
    const { route, id } = find(call);
    return await route.answer(turn, call, id);
  } catch (error) {
    if (error instanceof Refusal) return dialect.refuse(error, turn, call);
    throw error;
  }
}

function finder({ routes, lacks }: Dialect): (call: Call) => { route: Route; id: string } {
  const patterns = routes.map((route) => ({ route, parts: route.path.split('/') }));
  return ({ method, path }) => {
    const parts = path.replace(/\/$/, '').split('/');
    const here = patterns.filter((pattern) => fits(pattern.parts, parts));
    const found = here.find(({ route }) => route.method === method);
    if (!found && lacks.some((start) => `${path}/`.startsWith(`${start}/`)))
      throw new Refusal('lacking', `${method} ${path}`);
    if (!found) throw new Refusal(here.length > 0 ? 'wrong-method' : 'unknown-path', '');
    const index = found.parts.findIndex((part) => part.startsWith(':'));
    return { route: found.route, id: decoded(parts[index] ?? '') };
  };
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length && pattern.every((part, index) => part.startsWith(':') || part === parts[index])
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
