import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { UserError } from '../../core/errors.ts';
import { Label, type Labels } from '../../core/labels.ts';
import type { Environment } from '../../core/stack.ts';
import { engineCall, hasStatus } from './connect.ts';
import { findNetworks, keptName } from './objects.ts';

/** 10.213.0.0/16 in subnets of 32 addresses: an engine's own pools end after about 31 networks. */
const SUBNETS = 2048;
const APPEARS_MS = 5_000;

export async function createNetwork(docker: Dockerode, environment: Environment, labels: Labels): Promise<void> {
  const first = Number.parseInt(hexOf(environment.id), 16) % SUBNETS;
  for (let attempt = 0; attempt < SUBNETS; attempt++) {
    if (await createIn(docker, subnet((first + attempt) % SUBNETS), environment, labels)) return;
  }
  throw new UserError('every subnet of 10.213.0.0/16 is taken', {
    hints: ['docker network prune removes unused ones.'],
  });
}

export async function removeNetwork(docker: Dockerode, environment: string): Promise<void> {
  for (const network of await findNetworks(docker, { [Label.environment]: environment })) {
    await engineCall('removing the network', async () => docker.getNetwork(network.Id).remove());
  }
}

/**
 * The network's gateway, where it is an address of this machine. Where the engine runs in a virtual machine it isn't:
 * those forward `host-gateway` to 127.0.0.1.
 */
export async function gatewayHere(docker: Dockerode, environment: string): Promise<string | null> {
  const gateway = await gatewayOf(docker, environment);
  return gateway !== null && (await isOwn(gateway)) ? gateway : null;
}

/** Whether something could listen there. Node's list of interfaces lacks those to which nothing is attached yet. */
function isOwn(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, address, () => server.close(() => resolve(true)));
  });
}

/** What a name in a container has to stand for, to lead to this machine. */
export async function hostForContainers(docker: Dockerode, environment: string): Promise<string> {
  return (await gatewayHere(docker, environment)) ?? 'host-gateway';
}

async function gatewayOf(docker: Dockerode, environment: string): Promise<string | null> {
  const [network] = await engineCall('looking for the network', () =>
    findNetworks(docker, { [Label.environment]: environment }),
  );
  if (!network) return null;
  const [config] = network.IPAM?.Config ?? [];
  // Engines tell only a gateway that they were given; else they take the first address of the subnet.
  return config?.Gateway ?? (config?.Subnet ? firstAddress(config.Subnet) : null);
}

/** False when the subnet is somebody else's. */
async function createIn(docker: Dockerode, cidr: string, environment: Environment, labels: Labels): Promise<boolean> {
  const request = {
    Name: keptName(environment),
    Driver: 'bridge',
    IPAM: { Driver: 'default', Config: [{ Subnet: cidr }] },
    Labels: labels,
  };
  try {
    await engineCall('creating the network', () => docker.createNetwork(request));
    return true;
  } catch (error) {
    const overlap =
      hasStatus(error, 400, 403, 409, 500) && /overlap|already (used|in use)|conflicts with/i.test(String(error));
    if (overlap) return false;
    if (/already exists/i.test(String(error)) && (await appears(docker, environment.id))) return true;
    throw error;
  }
}

/** What a devenv that was killed has asked for may still be made: its name is taken before it can be listed. */
async function appears(docker: Dockerode, environment: string): Promise<boolean> {
  const deadline = Date.now() + APPEARS_MS;
  while (Date.now() < deadline) {
    const found = await engineCall('looking for the network', () =>
      findNetworks(docker, { [Label.environment]: environment }),
    );
    if (found.length > 0) return true;
    await sleep(50);
  }
  return false;
}

/** Of `10.213.5.32/27`: 10.213.5.33. */
function firstAddress(cidr: string): string {
  const [base = ''] = cidr.split('/');
  return base.replace(/\d+$/, (last) => String(Number(last) + 1));
}

function subnet(index: number): string {
  return `10.213.${index >> 3}.${(index & 7) << 5}/27`;
}

function hexOf(id: string): string {
  return Buffer.from(id).toString('hex').slice(-12);
}
