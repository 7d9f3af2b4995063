import { UserError } from '../core/errors.ts';
import type { Runtime } from '../core/runtime.ts';
import type { Service } from '../core/stack.ts';

/** For what a service has to be there for, and that starts nothing by itself. */
export async function requireRunning(environment: string, { name }: Service, runtime: Runtime): Promise<void> {
  const life = await runtime.alive(environment, name);
  if (life.alive) return;
  throw new UserError(`${name} is not running: ${life.why}`, { hints: ['devenv up starts it.'] });
}
