import type { Emit } from '../core/events.ts';
import { isPortFree } from '../lib/port-holder.ts';
import { overruledPorts } from '../state/ports.ts';
import type { Checkout } from './open.ts';
import { portRequests } from './stack/ports.ts';
import { holderOf } from './taken-ports.ts';

/** Says why a port of the configuration that was changed changes nothing. */
export async function explainKeptPorts({ environment, loaded }: Checkout, emit: Emit): Promise<void> {
  for (const { name, port, asked } of await overruledPorts(environment.id, portRequests(loaded.config))) {
    const why = (await isPortFree(asked))
      ? 'a checkout keeps its ports. devenv up --new-ports changes it.'
      : `that is held by ${await holderOf(asked)}.`;
    const message = `${name} keeps port ${port}, the configuration now asks for ${asked}: ${why}`;
    emit({ type: 'notice', level: 'info', message });
  }
}
