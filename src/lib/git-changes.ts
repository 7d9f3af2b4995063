import { git, gitStream } from './git.ts';

/** A file as one commit, or the index, has it. Names are bytes, one a character. */
export interface Change {
  readonly path: string;
  /** Null: not committed yet. */
  readonly commit: string | null;
  /** Its content. */
  readonly blob: string;
  /** What stood there before: in a merge one of each side. */
  readonly before: readonly string[];
}

const RAW = ['-r', '--raw', '-z', '--no-renames', '--no-abbrev'] as const;
/** A folder that belongs to another repository. */
const SUBMODULE = '160000';

/** What the next commit would add or change. */
export async function stagedChanges(top: string): Promise<readonly Change[]> {
  const head = (await commitOf(top, 'HEAD')) ?? (await emptyTree(top));
  const args = ['--no-replace-objects', 'diff-index', '--cached', ...RAW, head, '--'];
  return parseRaw(await git(top, args, { encoding: 'latin1', index: 'of the hook' }));
}

/** What every commit from `base` up to HEAD has added or changed: what a later one took away is in the history still. */
export async function changesSince(top: string, base: string): Promise<readonly Change[]> {
  const commits = await git(top, ['rev-list', `${base}..HEAD`]);
  // Of a merge only what none of its sides has: theirs are looked at by themselves.
  const args = ['--no-replace-objects', 'diff-tree', '--stdin', '-c', '--root', ...RAW];
  const { output, ended } = gitStream(top, args, commits);
  let said = '';
  for await (const bytes of output) said += bytes.toString('latin1');
  await ended;
  return parseRaw(said);
}

/** The commit that a name stands for; the name may be anything, also a flag. */
export async function commitOf(top: string, name: string): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const said = await git(top, args).catch(() => '');
  return /^[0-9a-f]{40,64}$/.exec(said.trim())?.[0] ?? null;
}

/** Whether two commits have a common ancestor in what of the history is here. */
export function areRelated(top: string, one: string, other: string): Promise<boolean> {
  return git(top, ['merge-base', one, other]).then(
    () => true,
    () => false,
  );
}

/** Every file that is committed, or would be by `git add --all`. */
export async function ownFiles(top: string): Promise<readonly string[]> {
  return names(
    await git(top, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'latin1' }),
  );
}

/** What the index has, by name: contents, several where a merge has not been settled. */
export async function indexedBlobs(top: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = await git(top, ['ls-files', '-z', '--stage'], { encoding: 'latin1' });
  const found = new Map<string, string[]>();
  for (const entry of text.split('\0')) {
    const [, mode, blob, name] = /^(\d+) ([0-9a-f]+) \d\t(.+)$/s.exec(entry) ?? [];
    if (name === undefined || blob === undefined || mode === SUBMODULE) continue;
    found.set(name, [...(found.get(name) ?? []), blob]);
  }
  return found;
}

/** Files that git ignores; of a folder that it ignores as a whole nothing. */
export async function ignoredFiles(top: string): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
  return names(await git(top, args, { encoding: 'latin1' })).filter((name) => !name.endsWith('/'));
}

function names(text: string): readonly string[] {
  return [...new Set(text.split('\0').filter((name) => name !== ''))];
}

async function emptyTree(top: string): Promise<string> {
  return (await git(top, ['hash-object', '-t', 'tree', '/dev/null'])).trim();
}

/**
 * Git's raw output format ("RAW OUTPUT FORMAT" in git-diff-tree(1)): `:modes… objects… status`, NUL, name, NUL; with two
 * sides or more as many colons. Before those of a commit stands its name.
 */
function parseRaw(text: string): readonly Change[] {
  const tokens = text.split('\0');
  const changes: Change[] = [];
  let commit: string | null = null;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    if (!token.startsWith(':')) {
      commit = token.trim() || commit;
      continue;
    }
    const path = tokens[++at] ?? '';
    const sides = /^:+/.exec(token)?.[0].length ?? 1;
    const words = token.slice(sides).split(' ');
    const objects = words.slice(sides + 1, 2 * sides + 2);
    const blob = objects.at(-1) ?? '';
    if (isNone(blob) || words[sides] === SUBMODULE) continue;
    changes.push({ path, commit, blob, before: objects.slice(0, -1).filter((object) => !isNone(object)) });
  }
  return changes;
}

function isNone(object: string): boolean {
  return /^0*$/.test(object);
}
