import { execa } from 'execa';
import { makeMachine, type Project } from '../support/project.ts';

export interface DevenvProject extends AsyncDisposable {
  readonly project: Project;
  readonly env: Readonly<Record<string, string>>;
  up(): Promise<void>;
}

/** A checkout on a machine of its own, in git as checkouts are; disposing ends its environment with all data. */
export async function makeDevenvProject(
  config: string,
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly files?: Readonly<Record<string, string>>;
  } = {},
): Promise<DevenvProject> {
  const machine = await makeMachine(options.env);
  const project = await machine.project('shop', { 'devenv.config.yaml': config, ...options.files });
  await execa('git', ['init', '--quiet', '--initial-branch=main'], { cwd: project.path });
  return {
    project,
    env: machine.env,
    async up() {
      await project.ok(['up', '--detach']);
    },
    async [Symbol.asyncDispose]() {
      try {
        await project.ok(['down', '--data', '--yes']);
      } finally {
        await machine[Symbol.asyncDispose]();
      }
    },
  };
}
