import { reconcile } from '../core/reconcile/index.ts';
import { isPortFree } from '../lib/port-holder.ts';
import { overruledPorts, releasePorts } from '../state/ports.ts';
import { observe } from './observe.ts';
import { type Checkout, enterEnvironment } from './open.ts';
import type { CommonOptions } from './options.ts';
import { portRequests } from './stack/ports.ts';
import { takenPorts } from './taken-ports.ts';

/** Gives back what a checkout can't keep: ports that others hold now, and those for which it asks for another one. */
export async function releaseOldPorts(checkout: Checkout, options: CommonOptions): Promise<void> {
  const old = await oldPorts(checkout, options);
  if (old.length > 0) {
    return releasePorts(
      checkout.environment.id,
      old.map(({ port }) => port),
    );
  }
  tell(options, 'All ports are kept: none is changed or held by another program.');
}

/** The same for a dry run, whose plan is made with the ports of now. */
export async function tellOldPorts(checkout: Checkout, options: CommonOptions): Promise<void> {
  for (const { name, port } of await oldPorts(checkout, options)) {
    tell(options, `${name} would give its port ${port} back for another one, and be started again.`);
  }
}

function tell({ emit }: CommonOptions, message: string): void {
  emit({ type: 'notice', level: 'info', message });
}

async function oldPorts(checkout: Checkout, options: CommonOptions) {
  // Nothing is said: all of it comes again, with the ports that follow from this.
  const { stack, runtime } = await enterEnvironment(checkout, { ...options, emit: () => {} });
  const observed = await observe(stack, runtime, options.signal);
  const taken = await takenPorts(stack, reconcile(stack, observed), observed);
  return [...taken, ...(await freeToChange(checkout))];
}

/** Where the port that is asked for now is taken, the old one is better than any other. */
async function freeToChange({ environment, loaded }: Checkout) {
  const overruled = await overruledPorts(environment.id, portRequests(loaded.config));
  const free = await Promise.all(overruled.map(({ asked }) => isPortFree(asked)));
  return overruled.filter((_, index) => free[index]);
}
