import { createServer } from 'node:net';
import { UserError } from '../../core/errors.ts';
import type { ByName, Mocks } from '../../core/stack.ts';
import { writeWhole } from '../../lib/files.ts';
import { TLS_PORT } from '../../mocks/by-name/names.ts';
import { holderOf } from '../taken-ports.ts';
import { clientOf } from './client-of.ts';

/**
 * Before the mocks start: what they answer with under a provider's name is put where they read it, and it is seen that
 * they can listen there. `address` is the one of this machine in the environment's network; null where it has none.
 */
export async function openByName(mocks: Mocks, address: string | null): Promise<void> {
  const { byName } = mocks;
  if (byName === null) return;
  if (address === null) {
    throw refusal(
      byName,
      'the network of this Docker engine is not on this machine (the engine runs in a virtual one)',
    );
  }
  const problem = await tryToListen(address);
  if (problem !== null && !(await isTheirs(mocks, address))) throw await whyNot(byName, address, problem);
  if (byName.fresh !== null) await writeWhole(byName.file, byName.fresh.reveal());
}

/** Null, or the code of what stands against it. */
function tryToListen(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => resolve(code ?? message));
    server.listen({ port: TLS_PORT, host: address, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** Those that run give it back when they are replaced. */
async function isTheirs(mocks: Mocks, address: string): Promise<boolean> {
  const state = await clientOf(mocks).state();
  return state?.listening.includes(`${address}:${TLS_PORT}`) ?? false;
}

async function whyNot(byName: ByName, address: string, code: string): Promise<UserError> {
  const at = `port ${TLS_PORT} of ${address}`;
  if (code === 'EACCES' || code === 'EPERM') {
    return refusal(byName, `only root may listen on ${at}`, [
      `Let every user: sudo sysctl net.ipv4.ip_unprivileged_port_start=${TLS_PORT}`,
    ]);
  }
  if (code !== 'EADDRINUSE') return refusal(byName, `nothing can listen on ${at}: ${code}`);
  return refusal(byName, `${at} is held by ${await holderOf(TLS_PORT)}`, [
    'End what holds it, or let it listen on 127.0.0.1 alone instead of on all addresses.',
  ]);
}

function refusal({ names }: ByName, why: string, hints: readonly string[] = []): UserError {
  return new UserError(`mocks.payments.byName: ${names.join(', ')} can't lead to the mocks: ${why}`, {
    hints: [...hints, 'Or leave out mocks.payments.byName, and tell the client the address in STRIPE_API_BASE.'],
  });
}
