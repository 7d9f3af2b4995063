import { UserError } from '../core/errors.ts';
import { execute } from '../core/execute.ts';
import { reconcileRestart } from '../core/reconcile/index.ts';
import { environmentLock } from './environment-lock.ts';
import { observe } from './observe.ts';
import { enterEnvironment, openCheckout } from './open.ts';
import type { CommonOptions } from './options.ts';
import { performUp } from './perform.ts';
import { refuseUnknown } from './unknown-name.ts';

/** Stops and starts what is named, services before processes; the rest keeps running. */
export async function restart(names: readonly string[], options: CommonOptions): Promise<void> {
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const { stack, runtime } = await enterEnvironment(checkout, options);
  refuseUnknown(
    names,
    [...stack.services, ...stack.processes].map(({ name }) => name),
  );
  const plan = reconcileRestart(stack, await observe(stack, runtime, options.signal), names);
  const [refusal] = plan.refusals;
  if (refusal) throw new UserError(`${refusal.target}: ${refusal.message}`, { hints: refusal.hints });
  options.emit({ type: 'plan', steps: plan.steps, kept: [] });
  const perform = performUp(stack, runtime, new Date().toISOString());
  await execute(plan, perform, { emit: options.emit, signal: options.signal, now: Date.now });
}
