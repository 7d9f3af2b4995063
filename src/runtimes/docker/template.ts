import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { UserError } from '../../core/errors.ts';
import { Label } from '../../core/labels.ts';
import type { Access, Prepare } from '../../core/runtime.ts';
import type { ContainerLaunch, Service, Template } from '../../core/stack.ts';
import { takeLock } from '../../lib/lock.ts';
import { userId } from '../../lib/paths.ts';
import { isSameProcess } from '../../lib/process-identity.ts';
import { tellingLine } from '../../lib/telling-line.ts';
import { engineCall, hasStatus } from './connect.ts';
import { programOf } from './container.ts';
import { maker } from './copy-volume.ts';
import { execIn } from './exec.ts';
import { serviceLogs } from './logs.ts';
import { findContainers } from './objects.ts';
import { fromInside } from './tar.ts';
import {
  draftTemplate,
  keepTemplate,
  prepareStore,
  readTemplate,
  templateKeys,
  templateLock,
} from './template-store.ts';

/** Starts the image on throw-away data, lets `prepare` set it up, stops it cleanly and keeps its data folder. */
export async function createTemplate(
  docker: Dockerode,
  service: Service,
  launch: ContainerLaunch,
  template: Template,
  prepare: Prepare,
  signal: AbortSignal,
): Promise<void> {
  const { dataPath } = launch;
  if (dataPath === null) return;
  await prepareStore();
  await using _lock = await takeLock(templateLock(template.key), { signal });
  if ((await templateKeys()).includes(template.key)) return;
  await removeLeftovers(docker);
  const by = await maker();
  const container = await engineCall(`initialising ${service.name}`, () =>
    docker.createContainer(templateRequest(service, launch, template, by)),
  );
  let image = '';
  try {
    image = (await engineCall(`initialising ${service.name}`, () => container.inspect())).Image;
    await engineCall(`initialising ${service.name}`, () => container.start());
    await prepared(container, service, prepare, signal);
    await engineCall(`initialising ${service.name}`, () => container.stop({ t: 30 }));
    const tar = await engineCall(`keeping the data of ${service.name}`, () => container.getArchive({ path: dataPath }));
    await draftTemplate(template.key, fromInside(basename(dataPath), tar as Readable, signal), signal);
  } finally {
    // Should the engine have gone away, the next one that makes a template removes it.
    await container.remove({ force: true, v: true }).catch(() => {});
  }
  // Last: what is there is not looked for again, and neither would be a container that a killed devenv left with it.
  await keepTemplate(template.key, image);
}

async function prepared(
  container: Dockerode.Container,
  service: Service,
  prepare: Prepare,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  // Before the two begin: failing between them, it would leave the other's rejection to nobody.
  const access = await accessTo(container, service);
  try {
    await Promise.race([whenEnded(container, service, stop), prepare(access, stop)]);
  } finally {
    over.abort();
  }
}

/** Of what a container said before it ended. */
const ENOUGH_LINES = 100;

/** Never resolves: rejects when the container ends or the user gives up. */
async function whenEnded(container: Dockerode.Container, { name }: Service, abortSignal: AbortSignal): Promise<never> {
  const { StatusCode } = await container.wait({ abortSignal });
  const lines: string[] = [];
  const log = serviceLogs(async () => container, { follow: false, tail: ENOUGH_LINES }, abortSignal);
  for await (const { line } of log) lines.push(line);
  const said = tellingLine(lines) ?? lines.at(-1) ?? 'without a word';
  throw new UserError(`${name} ended with exit code ${StatusCode} while its first data was made: ${said}`);
}

/**
 * Puts the template where the new container's data goes. Into the folder itself: what is written to the one above it
 * would, with Podman, end up beneath the volume that is mounted there.
 */
export async function fillFromTemplate(container: Dockerode.Container, dataPath: string, key: string): Promise<void> {
  const archive = await readTemplate(key);
  await engineCall('filling new data', () => container.putArchive(archive, { path: dataPath }));
}

function templateRequest(
  service: Service,
  launch: ContainerLaunch,
  template: Template,
  by: string,
): Dockerode.ContainerCreateOptions {
  const port = `${service.ports[0]?.container}/tcp`;
  const program = programOf({ ...launch, secretEnv: templateSecrets(launch, template) });
  return {
    ...program,
    Labels: { [Label.template]: template.key, [Label.maker]: by, [Label.owner]: userId() },
    ExposedPorts: { [port]: {} },
    // Any free port: it lives for a second.
    HostConfig: { PortBindings: { [port]: [{ HostIp: '127.0.0.1', HostPort: '' }] } },
  };
}

/** Every secret of the environment is replaced: the template is shared by all environments of this user. */
function templateSecrets(launch: ContainerLaunch, template: Template): ContainerLaunch['secretEnv'] {
  return Object.fromEntries(Object.keys(launch.secretEnv).map((name) => [name, template.password]));
}

async function accessTo(container: Dockerode.Container, service: Service): Promise<Access> {
  const { NetworkSettings } = await engineCall(`looking at ${service.name}`, () => container.inspect());
  const binding = NetworkSettings.Ports[`${service.ports[0]?.container}/tcp`]?.[0];
  if (!binding) throw new UserError(`${service.name}: its container ended while it initialised its data`);
  const endpoint = { host: '127.0.0.1', port: Number(binding.HostPort) };
  return { endpoint, socketDir: null, exec: (argv, input) => execIn(container, argv, input) };
}

export async function removeLeftovers(docker: Dockerode): Promise<void> {
  for (const { Id } of await abandonedContainers(docker)) await removeContainer(docker, Id);
}

/**
 * What a devenv that was killed left: throw-away containers hold nothing that anybody needs. Other users' are theirs to
 * remove: where they live in another container, their processes can't be seen from here.
 */
export async function abandonedContainers(docker: Dockerode): Promise<readonly Dockerode.ContainerInfo[]> {
  const made = { [Label.template]: true, [Label.owner]: userId() } as const;
  const found = await engineCall('looking for leftovers', () => findContainers(docker, made, { all: true }));
  const lives = await Promise.all(
    found.map(({ Labels }) => {
      const [pid = '', start = ''] = (Labels[Label.maker] ?? '').split(' ');
      return isSameProcess(Number(pid), start);
    }),
  );
  return found.filter((_, index) => !lives[index]);
}

export async function removeContainer(docker: Dockerode, id: string): Promise<void> {
  await docker.getContainer(id).remove({ force: true, v: true }).catch(ignoreGone);
}

/** Of two that clean up at once the second finds nothing left to do. */
function ignoreGone(error: unknown): void {
  if (!hasStatus(error, 404, 409)) throw error;
}
