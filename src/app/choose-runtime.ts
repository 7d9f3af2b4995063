import { UserError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import type { RuntimeName } from '../core/stack.ts';
import type { NoEngine } from '../runtimes/docker/connect.ts';

export interface ChosenRuntime {
  readonly runtime: Runtime;
  readonly why: string;
}

export interface RuntimeWish {
  /** From the flag or the configuration. */
  readonly wanted: RuntimeName | null;
  /** Where this environment's data already is. */
  readonly recorded: RuntimeName | null;
  readonly offline: boolean;
}

/**
 * Docker if an engine answers, else embedded. An environment stays where its data is: coming up with another, empty
 * database because an engine happened to be stopped would look like a loss of data.
 */
export async function chooseRuntime(wish: RuntimeWish): Promise<ChosenRuntime> {
  const name = wish.wanted ?? wish.recorded;
  if (name === 'embedded') {
    return { runtime: await embedded(wish), why: wish.wanted ? 'as asked for' : "this environment's data is there" };
  }
  const { connectEngine } = await import('../runtimes/docker/connect.ts');
  const found = await connectEngine(process.env);
  if (found.engine) {
    const { createDockerRuntime } = await import('../runtimes/docker/index.ts');
    return { runtime: createDockerRuntime(found.engine, wish), why: found.engine.about };
  }
  if (wish.wanted === 'docker') throw noEngine(`no Docker engine answers: ${found.why}`, []);
  if (wish.recorded === 'docker') {
    throw noEngine(`this environment's data is in Docker, and no engine answers: ${found.why}`, [
      'To go on without it, with data of its own: devenv up --runtime embedded.',
    ]);
  }
  return { runtime: await embedded(wish), why: `no Docker engine answers: ${found.why}` };
}

export interface Reachable {
  readonly runtimes: readonly Runtime[];
  /** Why no engine is among them; null when one is. */
  readonly noEngine: Omit<NoEngine, 'engine'> | null;
}

/** Every runtime that can be asked what exists on this machine. */
export async function reachableRuntimes(): Promise<Reachable> {
  const plain = await embedded({ offline: true });
  const { connectEngine } = await import('../runtimes/docker/connect.ts');
  // An engine that is refused can't be asked either; what else is on this machine is still told.
  const found = await connectEngine(process.env).catch(noneIfRefused);
  if (!found.engine) return { runtimes: [plain], noEngine: found };
  const { createDockerRuntime } = await import('../runtimes/docker/index.ts');
  return { runtimes: [createDockerRuntime(found.engine, { offline: true }), plain], noEngine: null };
}

function noneIfRefused(error: unknown): NoEngine {
  if (error instanceof UserError) return { engine: null, why: error.message, expected: true };
  throw error;
}

async function embedded(options: { readonly offline: boolean }): Promise<Runtime> {
  const { createEmbeddedRuntime } = await import('../runtimes/embedded/index.ts');
  return createEmbeddedRuntime({ offline: options.offline });
}

function noEngine(message: string, hints: readonly string[]): UserError {
  return new UserError(message, { code: 'noRuntime', hints: ['Start the engine and try again.', ...hints] });
}
