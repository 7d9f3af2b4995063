import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Machine, makeMachine, type Project } from '../support/project.ts';
import { UNINTERRUPTED } from './interruption.ts';

export interface DevenvProject extends AsyncDisposable {
  readonly project: Project;
  up(): Promise<void>;
  /** Ends everything but the data. */
  down(): Promise<void>;
}

/** A checkout on a machine of its own; disposing ends its environment with all data. */
export async function makeDevenvProject(
  config: string,
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly files?: Readonly<Record<string, string>>;
  } = {},
): Promise<DevenvProject> {
  const machine = await makeMachine(options.env);
  const checkout = await makeCheckout(machine, config, options.files).catch(async (error) => {
    await machine[Symbol.asyncDispose]();
    throw error;
  });
  return {
    ...checkout,
    async [Symbol.asyncDispose]() {
      try {
        await checkout[Symbol.asyncDispose]();
      } finally {
        await machine[Symbol.asyncDispose]();
      }
    },
  };
}

/** One of several on one machine, in git as checkouts are. They share a user's ports, as they do in real life. */
export async function makeCheckout(
  machine: Machine,
  config: string,
  files: Readonly<Record<string, string>> = {},
): Promise<DevenvProject> {
  const folder = join('checkouts', randomBytes(4).toString('hex'));
  const project = await machine.project(folder, { 'devenv.config.yaml': config, ...files });
  await execa('git', ['init', '--quiet', '--initial-branch=main'], { cwd: project.path, ...UNINTERRUPTED });
  return {
    project,
    async up() {
      await project.ok(['up', '--detach'], UNINTERRUPTED);
    },
    async down() {
      await project.ok(['down'], UNINTERRUPTED);
    },
    async [Symbol.asyncDispose]() {
      await project.ok(['down', '--data', '--yes'], UNINTERRUPTED);
    },
  };
}
