import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import { pack } from 'tar-stream';
import { registryBinary } from '../engine/index.ts';

export interface Registry extends AsyncDisposable {
  /**
   * Pushes an image that the engine has, with a layer of its own on top that the engine then lacks; gives the name under
   * which it can be pulled.
   */
  offer(image: string): Promise<string>;
}

/** A real registry on 127.0.0.1, which engines trust without TLS. */
export async function startRegistry(dockerHost: string): Promise<Registry> {
  const docker = new Docker({ socketPath: dockerHost.replace('unix://', '') });
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const port = await freePort();
  const config = join(folder, 'config.yml');
  await writeFile(
    config,
    `version: 0.1\nstorage: { filesystem: { rootdirectory: ${folder} } }\nhttp: { addr: 127.0.0.1:${port} }\n`,
  );
  const server = spawn(await registryBinary(), ['serve', config], { stdio: 'ignore' });
  const address = `127.0.0.1:${port}`;
  while (!(await fetch(`http://${address}/v2/`).catch(() => null))?.ok) await sleep(50);
  const offered: string[] = [];
  return {
    async offer(image) {
      const name = `${address}/${image}`;
      const [repo, tag] = [name.slice(0, name.lastIndexOf(':')), name.slice(name.lastIndexOf(':') + 1)];
      const container = await docker.createContainer({ Image: image });
      const layer = pack();
      layer.entry({ name: 'some-megabytes' }, randomBytes(8_000_000));
      layer.finalize();
      await container.putArchive(await buffer(layer), { path: '/' });
      await container.commit({ repo, tag });
      await container.remove({ v: true });
      const stream = await docker.getImage(name).push({ authconfig: { username: 'x', password: 'x' } });
      await new Promise<void>((resolve, reject) =>
        docker.modem.followProgress(stream, (error: Error | null) => (error ? reject(error) : resolve())),
      );
      await docker.getImage(name).remove();
      offered.push(name);
      return name;
    },
    async [Symbol.asyncDispose]() {
      for (const name of offered)
        await docker
          .getImage(name)
          .remove()
          .catch(() => {});
      const ended = once(server, 'exit');
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
