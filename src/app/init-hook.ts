import { constants } from 'node:fs';
import { access, chmod, lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UserError } from '../core/errors.ts';
import { hooksOf, readCheckout } from '../lib/git.ts';
import { shellWord } from '../lib/shell-word.ts';

/**
 * What became of the pre-commit hook. Where somebody else has the say, `line` is what belongs into `file`; `not run` has it,
 * and git passes the file over.
 */
export interface HookResult {
  readonly state: 'written' | 'present' | 'not run' | 'to add';
  /** Relative to the checkout's root, where it lies inside of it. */
  readonly file: string;
  readonly line: string;
  /** Why it was not written, or isn't run. */
  readonly why: string | null;
}

const NAME = 'pre-commit';
const LINE = 'devenv guard --staged';

const HOOK = `#!/bin/sh
# Written by devenv init --hook: no commit takes a live key in.
PATH="$PWD/node_modules/.bin:$PATH"
command -v devenv >/dev/null || {
  echo "devenv is not found, so nobody has looked for live keys in this commit." >&2
  exit 1
}
exec ${LINE}
`;

/** Where another program keeps the hooks, what belongs into its file. */
const MANAGERS: readonly { readonly name: string; readonly files: readonly string[]; readonly line: string }[] = [
  { name: 'husky', files: ['.husky'], line: LINE },
  {
    name: 'lefthook',
    files: ['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml', 'lefthook.toml', 'lefthook.json'],
    line: `pre-commit: { commands: { devenv-guard: { run: ${LINE} } } }`,
  },
  {
    name: 'pre-commit',
    files: ['.pre-commit-config.yaml', '.pre-commit-config.yml'],
    line: `- { repo: local, hooks: [{ id: devenv-guard, name: live keys, entry: ${LINE}, language: system, pass_filenames: false }] }`,
  },
];

/** Writes the hook of a checkout that has none; says what to add to one that is there, or to another program's. */
export async function initHook(cwd: string, dryRun: boolean): Promise<HookResult> {
  const checkout = await readCheckout(cwd);
  if ('none' in checkout) throw new UserError(`there is nothing to hook into: ${checkout.none}`, { code: 'refused' });
  const { root } = checkout;
  const { folder, configured } = await hooksOf(root);
  const file = join(folder, NAME);
  const toAdd = (where: string, line: string, why: string): HookResult => {
    return { state: 'to add', file: inside(root, where), line, why };
  };
  const existing = await textOf(file);
  if (callsIt(existing)) {
    const isRun = await isExecutable(file);
    const why = isRun ? null : `it is not executable: chmod +x ${shellWord(inside(root, file))}`;
    return { state: isRun ? 'present' : 'not run', file: inside(root, file), line: LINE, why };
  }
  for (const { name, files, line } of MANAGERS) {
    const own = await firstOf(files.map((one) => join(root, one)));
    if (own === null) continue;
    const where = name === 'husky' ? join(own, NAME) : own;
    const text = await textOf(where);
    if (callsIt(text)) return { state: 'present', file: inside(root, where), line: LINE, why: null };
    return toAdd(where, line, `${name} keeps the hooks here`);
  }
  if (existing !== null) return toAdd(file, LINE, 'it is there already, and is not changed');
  if (await isLink(file)) return toAdd(file, LINE, 'it is a link that leads nowhere, and is not changed');
  if (configured) return toAdd(file, LINE, 'core.hooksPath leads there: it may be for other checkouts too');
  if (!dryRun) await write(folder, file);
  return { state: 'written', file: inside(root, file), line: LINE, why: null };
}

async function write(folder: string, file: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Never over one that came meanwhile.
  await writeFile(file, HOOK, { flag: 'wx' });
  await chmod(file, 0o755);
}

/** A comment calls nothing; what is in one by the rules of another language than the shell's is not told from a call. */
function callsIt(text: string | null): boolean {
  return text?.split('\n').some((line) => /^[^#]*devenv guard --staged/.test(line)) ?? false;
}

/** Git runs no other hook, and says so in a hint that may be turned off. */
async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function isLink(file: string): Promise<boolean> {
  return lstat(file).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

/** Null where there is none. */
async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
}

async function firstOf(paths: readonly string[]): Promise<string | null> {
  const there = await Promise.allSettled(paths.map((path) => access(path)));
  return paths.find((_, index) => there[index]?.status === 'fulfilled') ?? null;
}

function inside(root: string, file: string): string {
  const name = relative(root, file);
  return name.startsWith('..') ? file : name;
}
