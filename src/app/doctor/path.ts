import { execFile } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { packageFolder } from '../../lib/installation.ts';
import { type Check, type Found, ok } from './finding.ts';

/** Who is called by the name `devenv`? Another program has it too: the one of Nix, with a `devenv.nix`. */
export const path: Check = {
  name: 'PATH',
  async run({ env, cwd, signal }) {
    const [first] = await executables(env, 'devenv');
    const own = await realpath(packageFolder());
    const file = first === undefined ? undefined : await realpath(first);
    const ours = file?.startsWith(join(own, '/')) ?? false;
    const version = first && !ours ? await versionOf(first, signal) : '';
    const nix = await exists(join(cwd, 'devenv.nix'));
    return judgePath({ first: first ?? null, ours, version, nix });
  },
};

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
  const another = /^\d+\.\d+\.\d+$/.test(version);
  const said = version === '' ? 'it does not tell its version' : `it says ${version}`;
  return [
    {
      status: 'warning',
      what: `devenv on PATH is not this one but ${first}: ${said}`,
      why: another
        ? 'it may be another installation of the same'
        : `${nix ? 'this folder has its devenv.nix: ' : ''}another tool has the same name, the one that uses Nix`,
      mend: 'npx devenv runs this one; or put its folder first on PATH.',
    },
  ];
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

const VERSION_MS = 3_000;

function versionOf(file: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const options = { signal, timeout: VERSION_MS, killSignal: 'SIGKILL' } as const;
    const child = execFile(file, ['--version'], options, (_error, stdout) => {
      resolve(stdout.split('\n')[0]?.trim().slice(0, 80) ?? '');
    });
    child.stdin?.end();
  });
}
