import { readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { messageOf, UserError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import { initRepository } from '../lib/git.ts';
import { packageFolder } from '../lib/installation.ts';
import { copyTemplate, emptyFolder, isEmpty } from './template.ts';

export interface DemoOptions {
  readonly cwd: string;
  /** Null: `devenv-demo` in the current folder, or beside devenv's own checkout. */
  readonly folder: string | null;
  readonly offline: boolean;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Makes a new project from the shop template, with its dependencies installed and this devenv as its `npx devenv`. */
export async function createDemo(options: DemoOptions): Promise<string> {
  const folder = await newFolder(options);
  const say = (message: string): void => options.emit({ type: 'notice', level: 'info', message });
  say(`Copying the shop to ${folder}`);
  await copyTemplate('shop', folder);
  await dependOnDevenv(folder);
  await initRepository(folder, 'The shop').catch((error) => say(`Without a git repository: ${messageOf(error)}`));
  say('Installing its dependencies with npm');
  await install(folder, options);
  return folder;
}

const REFUSAL = { code: 'usage', hints: ['Name a new folder: devenv demo DIR'] } as const;

async function newFolder({ cwd, folder }: DemoOptions): Promise<string> {
  if (folder !== null) return emptyFolder(resolve(cwd, folder), REFUSAL);
  const base = await outsideOfDevenv(cwd);
  for (let number = 1; ; number++) {
    const candidate = join(base, number === 1 ? 'devenv-demo' : `devenv-demo-${number}`);
    if (await isEmpty(candidate)) return emptyFolder(candidate, REFUSAL);
  }
}

/** The demo is a project of its own: never inside the checkout of devenv. */
async function outsideOfDevenv(cwd: string): Promise<string> {
  const home = await realpath(packageFolder());
  const here = await realpath(cwd);
  return relative(home, here).startsWith('..') ? here : dirname(home);
}

/** `npx devenv` in the demo is the one that made it. */
async function dependOnDevenv(folder: string): Promise<void> {
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  manifest.devDependencies = { ...manifest.devDependencies, 'devenv-cli': `file:${await realpath(packageFolder())}` };
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
}

async function install(folder: string, { offline, signal }: DemoOptions): Promise<void> {
  const { execa } = await import('execa');
  const network = offline ? ['--offline'] : ['--prefer-offline'];
  // Scripts are off: npm would build devenv anew, which runs right now.
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...network];
  const { exitCode, stderr } = await execa('npm', args, {
    cwd: folder,
    reject: false,
    cancelSignal: signal,
    stdin: 'ignore',
  });
  if (exitCode === 0) return;
  throw new UserError(`npm could not install the shop's dependencies: ${stderr.split('\n').slice(0, 3).join(' ')}`, {
    hints: [`Try again: cd ${folder} && npm install && npx devenv up`],
  });
}
