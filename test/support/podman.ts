import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { testEngine } from './engine-objects.ts';
import { dockerHost } from './project.ts';
import { until } from './until.ts';

/** A Podman of a test's own: nothing of it is where the machine's Podman keeps things. */
export interface Podman extends AsyncDisposable {
  readonly folder: string;
  /** For DOCKER_HOST. */
  readonly host: string;
}

/** Starts one that has these images; a sentence where it can't run. Only as root: rootless needs more of a machine. */
export async function startPodman(images: readonly string[]): Promise<Podman | string> {
  if (process.getuid?.() !== 0) return 'not root';
  if (!dockerHost?.startsWith('unix://')) return 'no engine to take images from';
  const version = await execa('podman', ['--version'], { reject: false });
  if (version.exitCode !== 0) return 'podman is not installed';
  const folder = await mkdtemp(join(tmpdir(), 'dvp-'));
  const env = await configure(folder);
  const socket = join(folder, 'podman.sock');
  const service = execa('podman', ['system', 'service', '--time=0', `unix://${socket}`], { env, reject: false });
  const podman: Podman = {
    folder,
    host: `unix://${socket}`,
    async [Symbol.asyncDispose]() {
      for (const what of [['rm'], ['volume', 'rm'], ['network', 'prune'], ['rmi']]) {
        const every = what[0] === 'network' ? '-f' : '-af';
        await execa('podman', [...what, every], { env, reject: false });
      }
      service.kill();
      await service;
      for (const mount of ['root/overlay', 'root'])
        await execa('umount', ['-l', join(folder, mount)], { reject: false });
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await until('podman answers', () => answers(socket));
    for (const image of images) await load(image, env);
    await execa('podman', ['run', '--rm', images[0] ?? '', 'true'], { env });
    return podman;
  } catch (error) {
    await podman[Symbol.asyncDispose]();
    return `podman does not work here: ${error instanceof Error ? error.message : error}`;
  }
}

/** Limits and control groups as they can be had inside of other containers and small machines too. */
async function configure(folder: string): Promise<Record<string, string>> {
  const at = (name: string) => JSON.stringify(join(folder, name));
  const runc = ['/usr/bin/runc', '/usr/sbin/runc'].some((path) => existsSync(path));
  const containers = `
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
${runc ? 'runtime = "runc"' : ''}
tmp_dir = ${at('tmp')}
volume_path = ${at('volumes')}
[network]
network_config_dir = ${at('networks')}
`;
  await mkdir(join(folder, 'networks'));
  await writeFile(join(folder, 'containers.conf'), containers);
  const storage = `[storage]\ndriver = "overlay"\ngraphroot = ${at('root')}\nrunroot = ${at('run')}\n`;
  await writeFile(join(folder, 'storage.conf'), storage);
  return {
    CONTAINERS_CONF: join(folder, 'containers.conf'),
    CONTAINERS_STORAGE_CONF: join(folder, 'storage.conf'),
  };
}

async function load(image: string, env: Record<string, string>): Promise<void> {
  const archive = await testEngine().getImage(image).get();
  await execa('podman', ['load'], { env, input: archive as never });
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ socketPath, path: '/_ping' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
  });
}
