import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { UNINTERRUPTED } from './interruption.ts';
import { COMPOSE_FILE } from './project-files.ts';

export interface Compose {
  /** Path of the plugin's binary: run without the docker client, which would only add to its time. */
  readonly binary: string;
  readonly host: string;
}

export interface ComposeProject extends AsyncDisposable {
  up(): Promise<void>;
  /** Ends everything but the data. */
  down(): Promise<void>;
}

/** A checkout of its own; disposing removes its containers, network and volumes. */
export async function makeComposeProject({ binary, host }: Compose): Promise<ComposeProject> {
  const folder = await mkdtemp(join(tmpdir(), 'devenv-bench-'));
  const file = join(folder, 'compose.yaml');
  await writeFile(file, COMPOSE_FILE);
  const name = `bench-${randomBytes(5).toString('hex')}`;
  const compose = (...args: string[]) =>
    execa(binary, ['-p', name, '-f', file, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, DOCKER_HOST: host },
      extendEnv: false,
      stdin: 'ignore',
      ...UNINTERRUPTED,
    });
  return {
    async up() {
      await compose('up', '-d', '--wait');
    },
    async down() {
      await compose('down', '--timeout', '1');
    },
    async [Symbol.asyncDispose]() {
      await compose('down', '-v', '--timeout', '1');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function composeVersion(binary: string): Promise<string> {
  const { stdout } = await execa(binary, ['version', '--short']);
  return stdout;
}
