import { spawn } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { packageFolder } from '../../lib/installation.ts';
import { onAbort } from '../../lib/on-abort.ts';
import { timeLimit } from '../../lib/time-limit.ts';
import { type Check, type Found, ok } from './finding.ts';

/** Who is called by the name `devenv`? Another program has it too: the one of Nix, with a `devenv.nix`. */
export const path: Check = {
  name: 'PATH',
  async run({ env, cwd, signal }) {
    const [first] = await executables(env, 'devenv');
    const own = await realpath(packageFolder());
    const inside = first !== undefined && (await realpath(first)).startsWith(join(own, '/'));
    const version = first === undefined || inside ? '' : await said(first, ['--version'], signal);
    // A script of pnpm, Volta or asdf that starts this one; a stranger is asked nothing more.
    const starts = first !== undefined && OURS.test(version) && (await said(first, INSTALLATION, signal)) === own;
    const nix = await exists(join(cwd, 'devenv.nix'));
    return judgePath({ first: first ?? null, ours: inside || starts, version, nix });
  },
};

/** What this one says with `--version`; Nix's says `devenv 1.4.1 (x86_64-linux)`. */
const OURS = /^\d+\.\d+\.\d+$/;
const OF_NIX = /^devenv \d/;
const INSTALLATION = ['doctor', '--installation'] as const;

export interface PathFacts {
  /** The first `devenv` on PATH. */
  readonly first: string | null;
  readonly ours: boolean;
  /** What a stranger says with `--version`; empty for nothing. */
  readonly version: string;
  /** The folder has a `devenv.nix`. */
  readonly nix: boolean;
}

export function judgePath({ first, ours, version, nix }: PathFacts): readonly Found[] {
  if (first === null) return [ok('no devenv is on it; npx devenv runs this one in a project that has it')];
  if (ours) return [ok(`devenv is ${first}, this one`)];
  const said = version === '' ? 'it does not tell its version' : `it says ${version}`;
  return [
    {
      status: 'warning',
      what: `devenv on PATH is not this one but ${first}: ${said}`,
      why: `${nix ? 'this folder has its devenv.nix: ' : ''}${kindOf(version, nix)}`,
      mend: 'npx devenv runs this one; or put its folder first on PATH.',
    },
  ];
}

function kindOf(version: string, nix: boolean): string {
  if (OURS.test(version)) return 'it may be another installation of the same';
  const which = nix || OF_NIX.test(version) ? ', the one that uses Nix' : '';
  return `another program has the same name${which}`;
}

async function executables(env: NodeJS.ProcessEnv, name: string): Promise<readonly string[]> {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  const files = folders.map((folder) => join(folder, name));
  const found = await Promise.all(files.map((file) => exists(file, constants.X_OK)));
  return files.filter((_, index) => found[index]);
}

async function exists(file: string, mode: number = constants.F_OK): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}

const ANSWER_MS = 3_000;

/** The first line that a program prints, without what a terminal would obey; empty when it takes too long. */
async function said(file: string, args: readonly string[], outer: AbortSignal): Promise<string> {
  using limit = timeLimit(ANSWER_MS, outer);
  // In a group of its own, so that what it started ends with it.
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  return await new Promise((resolve) => {
    let text = '';
    child.stdout.on('data', (data: Buffer) => {
      if (text.length < LINE_CHARACTERS) text += data.toString();
    });
    child.once('error', () => resolve(''));
    child.once('close', () => resolve(limit.signal.aborted ? '' : plainLine(text)));
    onAbort(limit.signal, () => {
      endGroup(child.pid);
      resolve('');
    });
  });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

const LINE_CHARACTERS = 4_096;

function plainLine(text: string): string {
  const [line = ''] = stripVTControlCharacters(text).trim().split('\n');
  return line.replace(/\p{Cc}+/gu, ' ').trim();
}
