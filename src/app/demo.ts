import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, UserError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import { commitAll } from '../lib/git.ts';
import { packageFolder } from '../lib/installation.ts';
import { shellWord } from '../lib/shell-word.ts';
import { beginDemoFolder, demoFolder, finishDemoFolder, UNFINISHED } from './demo-folder.ts';
import { copyTemplate } from './template.ts';

export interface DemoOptions {
  readonly cwd: string;
  /** Null: `devenv-demo` in the current folder, or beside devenv's own checkout. */
  readonly folder: string | null;
  readonly offline: boolean;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/**
 * Makes a new project from the shop template, with its dependencies installed and this devenv as its `npx devenv`. One
 * that was cut off is made anew in its folder.
 */
export async function createDemo(options: DemoOptions): Promise<string> {
  await refuseForeign(join(await realpath(packageFolder()), 'dist', 'main.js'), process.getuid?.());
  const folder = await beginDemoFolder(await demoFolder(options.cwd, options.folder));
  try {
    await fill(folder, options);
  } catch (error) {
    if (!options.signal.aborted) throw error;
    const hints = [`devenv demo ${shellWord(folder)} goes on with it.`];
    throw new UserError('The demo is half-made.', { code: 'interrupted', hints, cause: error });
  }
  await finishDemoFolder(folder);
  return folder;
}

/** What it would do, one thing a line; nothing is changed. */
export async function describeDemo({ cwd, folder }: Pick<DemoOptions, 'cwd' | 'folder'>): Promise<readonly string[]> {
  const steps = ['copy the shop to', 'install its dependencies with npm in', 'make a git repository of'];
  const place = await demoFolder(cwd, folder);
  return [...steps, 'devenv up in'].map((step) => `${step} ${shellWord(place)}`);
}

/** Npm sets the mode of the program that it links, which only its owner may do. */
export async function refuseForeign(program: string, user: number | undefined): Promise<void> {
  const { uid } = await stat(program);
  if (user === undefined || user === 0 || user === uid) return;
  throw new UserError(`npm can't put devenv into a demo of yours: ${program} belongs to another user`, {
    hints: ['In a clone of your own: npm ci && npx devenv demo'],
  });
}

async function fill(folder: string, options: DemoOptions): Promise<void> {
  const say = (message: string): void => options.emit({ type: 'notice', level: 'info', message });
  say(`Copying the shop to ${folder}`);
  await copyTemplate('shop', folder);
  await dependOnDevenv(folder);
  say('Installing its dependencies with npm');
  await install(folder, options);
  // Last, so that what npm writes is in the commit and git sees no change in a fresh demo.
  await commitAll(folder, 'The shop', UNFINISHED).catch((error) =>
    say(`Without a git repository: ${messageOf(error)}`),
  );
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
  signal.throwIfAborted();
  throw new UserError(`npm could not install the shop's dependencies: ${stderr.split('\n').slice(0, 3).join(' ')}`, {
    hints: [`devenv demo ${shellWord(folder)} tries again.`],
  });
}
