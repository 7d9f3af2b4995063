import { execFile, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/** What git knows about a folder. */
export interface GitCheckout {
  /** Git folder of this very worktree: linked worktrees have their own. Absolute. */
  readonly gitDir: string;
  /** Root of the worktree. Absolute. */
  readonly root: string;
  readonly linked: boolean;
  /** Null on a detached head. */
  readonly branch: string | null;
}

export type GitAnswer = GitCheckout | { readonly none: string };

/** Null-like with a reason where there is no git, no repository, or git refuses the folder. */
export async function readCheckout(folder: string): Promise<GitAnswer> {
  try {
    const [places, branch] = await Promise.all([
      git(folder, ['rev-parse', '--absolute-git-dir', '--show-toplevel', '--git-common-dir']),
      git(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']).catch(() => ''),
    ]);
    const [gitDir = '', root = '', common = ''] = places.split('\n');
    return { gitDir, root, linked: common.startsWith('/') && common !== gitDir, branch: branch.trim() || null };
  } catch (error) {
    return { none: reasonOf(error) };
  }
}

export interface GitOptions {
  /** `latin1` keeps the bytes of file names, which may be in no encoding at all. */
  readonly encoding?: 'utf8' | 'latin1';
  /** With the index of the commit that a hook was called for: `git commit FILE` has one of its own. */
  readonly index?: 'of the hook';
}

/** Runs git in a folder; what it prints, up to a gigabyte. */
export async function git(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { encoding = 'utf8', index } = options;
  const own = index ? process.env.GIT_INDEX_FILE : undefined;
  const env = { ...cleanEnvironment(), ...(own ? { GIT_INDEX_FILE: resolve(own) } : {}) };
  const { stdout } = await promisify(execFile)('git', [...args], { cwd, env, encoding, maxBuffer: 2 ** 30 });
  return stdout;
}

/** The same with something on its standard input, and its output as it comes. */
export function gitStream(cwd: string, args: readonly string[], input: string) {
  const child = spawn('git', [...args], { cwd, env: cleanEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  // Git may end before it has read everything: how it ended says why.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = new Promise<void>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done() : fail(Object.assign(new Error(said), { stderr: said }))));
  });
  // Who reads the output hears of it at the end of that.
  ended.catch(() => {});
  return { output: child.stdout as AsyncIterable<Buffer>, ended };
}

/** Inside a git hook GIT_DIR and its like point at the hook's repository, not at this folder's. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR)$/.test(name),
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/** Why git did not do something, in its own words. */
export function reasonOf(error: unknown): string {
  const { code, stderr } = error as { code?: string | number; stderr?: string };
  if (code === 'ENOENT') return 'git is not installed';
  if (/not a git repository/.test(stderr ?? '')) return 'it is no git repository';
  return stderr?.split('\n')[0]?.replace(/^fatal: /, '') || 'git did not answer';
}

/** Whether a `.gitignore` of the checkout leaves this file out; what one person ignores for themselves doesn't count. */
export async function isIgnored(folder: string, name: string): Promise<boolean> {
  try {
    const said = await git(folder, ['-c', 'core.excludesFile=', 'check-ignore', '--verbose', '--no-index', '--', name]);
    return /^(?:[^\n]*\/)?\.gitignore:\d+:(?!!)/.test(said);
  } catch {
    return false;
  }
}

/** Makes a repository of a folder, if it is none, with one commit of all that is in it; of one file not, if named. */
export async function commitAll(folder: string, message: string, except?: string): Promise<void> {
  const author = ['-c', 'user.name=devenv', '-c', 'user.email=devenv@localhost', '-c', 'commit.gpgsign=false'];
  await git(folder, ['init', '--quiet', '--initial-branch', 'main']);
  await git(folder, ['add', '--all', '--', '.', ...(except ? [`:(exclude)${except}`] : [])]);
  // There may be a commit already, of a run that was cut off right after it.
  await git(folder, [...author, 'commit', '--quiet', '--no-verify', '--allow-empty', '--message', message]);
}

/** Of these files those that git would offer to commit: neither ignored nor in the repository. None without git. */
export async function untracked(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const names = await git(folder, ['ls-files', '--others', '--exclude-standard', '-z', '--', ...files]).catch(() => '');
  return names.split('\0').filter((name) => name !== '');
}

/** The folder of a checkout's hooks, which worktrees share; `configured`: core.hooksPath says where. */
export async function hooksOf(top: string): Promise<{ readonly folder: string; readonly configured: boolean }> {
  const [path, configured] = await Promise.all([
    git(top, ['rev-parse', '--git-path', 'hooks']),
    git(top, ['config', '--get', 'core.hooksPath']).catch(() => ''),
  ]);
  return { folder: resolve(top, path.replace(/\n$/, '')), configured: configured.trim() !== '' };
}
