import { execute } from '../core/execute.ts';
import type { Observed } from '../core/observed.ts';
import type { Plan } from '../core/plan.ts';
import type { Stack } from '../core/stack.ts';
import { environmentLock } from './environment-lock.ts';
import { guardStack } from './live-keys.ts';
import { observe } from './observe.ts';
import { enterEnvironment, openCheckout } from './open.ts';
import type { CommonOptions } from './options.ts';
import { performUp } from './perform.ts';
import { refuse } from './refuse.ts';
import { refuseUnknownMembers } from './unknown-name.ts';

/** What is to be done with services and processes; with all of them where none is named. */
export type Decide = (stack: Stack, observed: Observed, names: readonly string[]) => Plan;

/** Does something with what is there, such as a restart, under the environment's lock. */
export async function actOn(names: readonly string[], decide: Decide, options: CommonOptions): Promise<void> {
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const { stack, runtime, loaded } = await enterEnvironment(checkout, options);
  refuseUnknownMembers(names, stack);
  const plan = decide(stack, await observe(stack, runtime, options.signal), names);
  refuse(plan.refusals, loaded);
  if (plan.steps.some(({ kind }) => /^(?:start|create)-/.test(kind))) await guardStack(stack, 'restart', options.emit);
  options.emit({ type: 'plan', steps: plan.steps, kept: plan.kept });
  const perform = performUp(stack, runtime, new Date().toISOString(), (message) =>
    options.emit({ type: 'notice', level: 'info', message }),
  );
  await execute(plan, perform, { emit: options.emit, signal: options.signal, now: Date.now });
}
