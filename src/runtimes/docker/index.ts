import { basename, dirname } from 'node:path';
import type Dockerode from 'dockerode';
import { isBaseline } from '../../core/data/baseline.ts';
import { UserError } from '../../core/errors.ts';
import { Label, USER_VOLUME } from '../../core/labels.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { ContainerLaunch, Environment, File, Service } from '../../core/stack.ts';
import { fillFromBaseline, keepBaseline } from './baselines.ts';
import { changes } from './changes.ts';
import { type Engine, engineCall, hasStatus } from './connect.ts';
import { containerRequest, dataVolumeName } from './container.ts';
import { execIn, execInTerminal } from './exec.ts';
import { imageConfig } from './image-keys.ts';
import { pullImage } from './images.ts';
import { serviceLogs } from './logs.ts';
import { createNetwork, gatewayHere, hostForContainers, removeNetwork } from './network.ts';
import { findContainer, findVolumes } from './objects.ts';
import { listEnvironments, observe, observeObjects } from './observe.ts';
import { pipeIn } from './pipe.ts';
import { sizes } from './sizes.ts';
import { createStore } from './store.ts';
import { tarOf } from './tar.ts';
import { createTemplate, fillFromTemplate } from './template.ts';
import { usage } from './usage.ts';
import { createMounted, createVolume, imageVolumes } from './volumes.ts';

export interface DockerOptions {
  readonly offline: boolean;
}

/** Services as containers of the engine on this machine. */
export function createDockerRuntime({ docker, about, address }: Engine, options: DockerOptions): Runtime {
  const container = async (environment: string, service: string): Promise<Dockerode.Container> => {
    const found = await engineCall(`looking for ${service}`, () => findContainer(docker, environment, service));
    if (!found) throw new UserError(`${service} has no container`, { hints: ['devenv up makes it.'] });
    return found;
  };

  return {
    name: 'docker',
    about,
    address,
    store: createStore(docker),
    observe: (stack) => observe(docker, stack),
    observeId: (environment) => observeObjects(docker, environment),
    environments: () => engineCall('listing environments', () => listEnvironments(docker)),
    newestVersion: async (candidates) => candidates.at(-1)?.version ?? 'latest',
    createNetwork: (environment, labels) => createNetwork(docker, environment, labels),
    removeNetwork: (environment) => removeNetwork(docker, environment),
    hostAddress: (environment) => gatewayHere(docker, environment),

    async fetch(service, report, signal) {
      const { image } = launchOf(service);
      if (options.offline) {
        throw new UserError(`the image ${image} is not on this machine, and --offline forbids to pull it`, {
          code: 'noRuntime',
          hints: [`docker pull ${image}, or devenv up without --offline.`],
        });
      }
      await pullImage(docker, image, report, signal);
    },

    async createTemplate(service, prepare, signal) {
      const launch = launchOf(service);
      if (!launch.template) return;
      await imageConfig(docker, service.name, launch);
      await createTemplate(docker, service, launch, launch.template, prepare, signal);
    },

    async keepData(environment, service, kept, signal) {
      const { image, dataPath } = launchOf(service);
      if (dataPath === null) throw new Error(`${service.name} keeps no data`);
      const imageId = await endedInOrder(await container(environment, service.name), service.name);
      const from = dataVolumeName({ id: environment }, service);
      return keepBaseline(docker, from, { image, dataPath, imageId }, kept, signal);
    },

    async createData(environment, service, labels) {
      await createVolume(docker, environment, service, labels);
      return null;
    },

    async removeData(environment, service, scope) {
      const volumes = await findVolumes(docker, { [Label.environment]: environment, [Label.service]: service });
      for (const { Name, Labels } of volumes) {
        if (scope === 'engine' && Labels?.[Label.engine] === USER_VOLUME) continue;
        await engineCall(`deleting the data of ${service}`, () => docker.getVolume(Name).remove());
      }
    },

    async createService(environment, service, labels, template) {
      const all = template === null ? labels : { ...labels, [Label.fill]: template };
      const launch = launchOf(service);
      const volumes = imageVolumes(await imageConfig(docker, service.name, launch));
      const host = launch.hostNames.length === 0 ? null : await hostForContainers(docker, environment.id);
      const request = containerRequest(environment, service, launch, all, volumes, host);
      await createMounted(docker, request);
      await engineCall(`creating the container of ${service.name}`, () => docker.createContainer(request));
    },

    async fillService(environment, service, template) {
      const launch = launchOf(service);
      const target = await container(environment.id, service.name);
      await refuseStarted(target, service.name);
      const way = template === null ? null : await fillData(docker, { environment, service, target }, template);
      for (const file of launch.files) await putFile(target, file);
      return way;
    },

    async startService(environment, service) {
      const target = await container(environment, service.name);
      await engineCall(`starting ${service.name}`, () => ignoring(304, () => awake(target, () => target.start())));
    },

    async stopService(environment, service) {
      const target = await container(environment, service);
      await engineCall(`stopping ${service}`, () => ignoring(304, () => awake(target, () => target.stop())));
    },

    async removeService(environment, service) {
      const target = await container(environment, service);
      await engineCall(`removing ${service}`, () => target.remove());
    },

    async access(environment, service) {
      const target = await container(environment, service.name);
      const endpoint = { host: '127.0.0.1', port: service.ports[0]?.host ?? 0 };
      return { endpoint, socketDir: null, exec: (argv, input) => execIn(target, argv, input) };
    },

    async alive(environment, service) {
      const found = await container(environment, service);
      const { State } = await engineCall(`looking at ${service}`, () => found.inspect());
      if (State.Running && !State.Restarting) return { alive: true, run: State.StartedAt };
      const why = State.Error || (State.OOMKilled ? 'out of memory' : `it ended with exit code ${State.ExitCode}`);
      return { alive: false, why };
    },

    logs: (environment, service, logOptions, signal) =>
      serviceLogs(
        () => engineCall(`looking for ${service}`, () => findContainer(docker, environment, service)),
        logOptions,
        signal,
      ),

    async terminal(environment, service, argv, env) {
      return execInTerminal(await container(environment, service.name), argv, env);
    },

    async pipe(environment, service, argv, piping) {
      return pipeIn(await container(environment, service.name), argv, piping);
    },

    changes: (environment, signal) => changes(docker, environment, signal),
    usage: (environment) => engineCall('measuring', () => usage(docker, environment)),
    sizes: (environments) => engineCall('measuring', () => sizes(docker, environments)),
  };
}

function launchOf(service: Service): ContainerLaunch {
  if (service.launch.kind === 'container') return service.launch;
  throw new Error(`${service.name} was resolved for another runtime`);
}

interface Unfilled {
  readonly environment: Environment;
  readonly service: Service;
  readonly target: Dockerode.Container;
}

async function fillData(docker: Dockerode, { environment, service, target }: Unfilled, key: string) {
  const { image, dataPath } = launchOf(service);
  if (dataPath === null) return null;
  if (isBaseline(key)) {
    return fillFromBaseline(docker, dataVolumeName(environment, service), { image, dataPath }, key);
  }
  await fillFromTemplate(target, dataPath, key);
  return 'copy';
}

/** Gives the id of its image. One that was killed has left data that wants mending. */
async function endedInOrder(container: Dockerode.Container, service: string): Promise<string> {
  const { State, Image } = await engineCall(`looking at ${service}`, () => container.inspect());
  if (!State.Running && State.ExitCode === 0) return Image;
  throw new UserError(`${service} has not ended in order: its data can't be kept`, { code: 'refused' });
}

/** Filling writes over the data folder: only ever before the first start. */
async function refuseStarted(container: Dockerode.Container, service: string): Promise<void> {
  const { State } = await engineCall(`looking at ${service}`, () => container.inspect());
  if (State.Status !== 'created') throw new Error(`${service} has been started before and must not be filled`);
}

async function putFile(container: Dockerode.Container, file: File): Promise<void> {
  const tar = await tarOf({ name: basename(file.path), mode: file.mode, content: file.content.reveal() });
  await engineCall(`writing ${file.path}`, () => container.putArchive(tar, { path: dirname(file.path) }));
}

/** The engine refuses both to start and to stop one that is paused; to start it is to wake it. */
async function awake(container: Dockerode.Container, act: () => Promise<unknown>): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    const { State } = await container.inspect();
    if (!State.Paused) throw error;
    await container.unpause();
    return ignoring(304, act);
  }
}

async function ignoring(status: number, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!hasStatus(error, status)) throw error;
  }
}
