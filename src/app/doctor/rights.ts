import { access, chmod, constants, lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRoot, paths } from '../../lib/paths.ts';
import { type Check, type Found, ok } from './finding.ts';

/** Can devenv write where it keeps things, and is all of it this user's? */
export const rights: Check = {
  name: 'rights',
  async run() {
    const { data, cache, state, run } = paths();
    const places = [
      { use: 'state', path: state, depth: 3 },
      // Below it are the servers' own files, which as root belong to another user.
      { use: 'data', path: data, depth: isRoot() ? 1 : 3 },
      { use: 'cache', path: cache, depth: 2 },
      { use: 'sockets', path: run, depth: 1 },
    ] as const;
    const facts = await Promise.all(places.map(({ use, path, depth }) => look(use, path, depth)));
    const found = facts.flatMap((place) => judgeRights(place, process.getuid?.() ?? 0));
    return found.length > 0 ? found : [ok('all folders of devenv are yours and can be written')];
  },
};

export interface PlaceFacts {
  readonly use: 'state' | 'data' | 'cache' | 'sockets';
  readonly path: string;
  /** Null while it isn't there. */
  readonly owner: number | null;
  readonly mode: number;
  readonly isFolder: boolean;
  /** Whether it, or the folder in which it would be made, can be written. */
  readonly writable: boolean;
  /** The folder that is there: itself, or the one above. */
  readonly nearest: string;
  /** Some paths inside that belong to others. */
  readonly foreign: readonly string[];
}

export function judgeRights(place: PlaceFacts, user: number): readonly Found[] {
  const { use, path, owner, mode, isFolder, writable, nearest, foreign } = place;
  if (owner !== null && !isFolder)
    return [{ status: 'problem', what: `${path} is no folder`, mend: `Move it away: ${path}` }];
  if (owner !== null && owner !== user) return [strangers(place, owner, user)];
  if (!writable) {
    const variable = VARIABLES[use];
    const mend = owner === null ? `Make it writable, or set ${variable} to a folder of yours.` : `chmod u+rwx ${path}`;
    return [{ status: 'problem', what: `${nearest} can't be written`, why: `${use} of devenv goes there`, mend }];
  }
  const found: Found[] = [];
  const [first] = foreign;
  if (first !== undefined) {
    const more = foreign.length > 1 ? ` and ${foreign.length - 1} more` : '';
    found.push({
      status: 'problem',
      what: `${first}${more} in your ${use} folder belongs to somebody else`,
      why: 'devenv may have run with sudo',
      mend: `sudo chown -R ${user} ${path}`,
    });
  }
  if (owner !== null && (use === 'sockets' || use === 'state') && (mode & 0o022) !== 0) found.push(openToOthers(place));
  return found;
}

const VARIABLES = {
  state: 'XDG_STATE_HOME',
  data: 'XDG_DATA_HOME',
  cache: 'XDG_CACHE_HOME',
  sockets: 'XDG_RUNTIME_DIR',
};

function strangers({ use, path }: PlaceFacts, owner: number, user: number): Found {
  const what = `${path} belongs to user ${owner}, not to you (${user})`;
  if (use !== 'sockets') return { status: 'problem', what, mend: `sudo chown -R ${user} ${path}` };
  const why = 'whoever made it could be handed the secrets that are sent to sockets';
  return { status: 'problem', what, why, mend: `sudo rm -r ${path}, or set XDG_RUNTIME_DIR to a folder of yours.` };
}

function openToOthers({ use, path, mode }: PlaceFacts): Found {
  const closed = mode & 0o755;
  return {
    status: 'warning',
    what: `others can write to ${path} (mode ${mode.toString(8)})`,
    why: `${use} of devenv is in it`,
    mend: `chmod ${closed.toString(8)} ${path}`,
    fix: async () => {
      await chmod(path, closed);
      return `${path} has mode ${closed.toString(8)} now`;
    },
  };
}

async function look(use: PlaceFacts['use'], path: string, depth: number): Promise<PlaceFacts> {
  const found = await lstat(path).catch(() => null);
  const nearest = await nearestFolder(path);
  const writable = await access(nearest, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  const user = process.getuid?.() ?? 0;
  return {
    use,
    path,
    owner: found?.uid ?? null,
    mode: (found?.mode ?? 0) & 0o777,
    isFolder: found?.isDirectory() ?? false,
    writable,
    nearest,
    foreign: found?.uid === user ? await foreignIn(path, user, depth) : [],
  };
}

async function foreignIn(folder: string, user: number, depth: number): Promise<readonly string[]> {
  if (depth === 0) return [];
  const entries = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    entries.map(async (name) => {
      const path = join(folder, name);
      const entry = await lstat(path).catch(() => null);
      if (!entry) return [];
      if (entry.uid !== user) return [path];
      return entry.isDirectory() ? foreignIn(path, user, depth - 1) : [];
    }),
  );
  return found.flat();
}

async function nearestFolder(path: string): Promise<string> {
  const there = await lstat(path).then(
    () => true,
    () => false,
  );
  return there || dirname(path) === path ? path : nearestFolder(dirname(path));
}
