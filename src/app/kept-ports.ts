import type { Emit } from '../core/events.ts';
import { overruledPorts } from '../state/ports.ts';
import type { Checkout } from './open.ts';
import { portRequests } from './stack/ports.ts';

/** Says why a port of the configuration that was changed changes nothing. */
export async function explainKeptPorts({ environment, loaded }: Checkout, emit: Emit): Promise<void> {
  for (const { name, port, asked } of await overruledPorts(environment.id, portRequests(loaded.config))) {
    const message =
      `${name} keeps port ${port}, the configuration now asks for ${asked}: ` +
      'a checkout keeps its ports. devenv up --new-ports takes others.';
    emit({ type: 'notice', level: 'info', message });
  }
}
