import { folderOf, type ProjectFiles } from '../files.ts';
import type { Package } from './packages.ts';

type ManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** The package manager of a project: how its scripts and its dependencies' programs are run. */
export interface Manager {
  readonly name: ManagerName;
  /** Why it is this one, as in `package-lock.json`. */
  readonly because: string;
  /** `args` go to the script. Gives the folder as well, where the command alone doesn't lead to the package. */
  script(of: Package, name: string, args?: string): { readonly command: string; readonly cwd: string };
  /** A program that a dependency brings. */
  program(line: string): string;
}

const LOCK_FILES: Readonly<Record<string, ManagerName>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
};

export function managerOf(files: ProjectFiles, packages: readonly Package[]): Manager {
  const [top] = packages;
  const said = /^(npm|pnpm|yarn|bun)@/.exec(String(top?.data.value.packageManager ?? ''))?.[1] as
    | ManagerName
    | undefined;
  if (said) return manager(said, 'packageManager');
  const locks = Object.keys(LOCK_FILES);
  const lock =
    locks.find((name) => files.names.includes(name)) ??
    locks.find((name) => files.names.some((file) => file.endsWith(`/${name}`) && folderOf(file) === top?.folder)) ??
    locks.find((name) => files.above.includes(name));
  return manager(LOCK_FILES[lock ?? ''] ?? 'npm', lock ?? 'default');
}

function manager(name: ManagerName, because: string): Manager {
  return {
    name,
    because,
    script(of, script, args = '') {
      const inside = of.place === 'workspace' && name !== 'bun';
      const words = [...(inside ? selecting(name, of) : [name]), 'run', word(script), ...passed(name, args)];
      return { command: words.join(' '), cwd: inside ? '.' : of.folder };
    },
    program(line) {
      switch (name) {
        case 'npm':
          // Without the question whether to fetch it: where it isn't installed that is the thing to say.
          // Without the dashes npm 11 takes the tool's own flags for its own.
          return `npx --no -- ${line}`;
        case 'pnpm':
          return `pnpm exec ${line}`;
        case 'yarn':
          return `yarn run ${line}`;
        case 'bun':
          return `bun run ${line}`;
        default:
          return name satisfies never;
      }
    },
  };
}

function selecting(name: Exclude<ManagerName, 'bun'>, of: Package): readonly string[] {
  const workspace = word(of.name ?? of.folder);
  switch (name) {
    case 'npm':
      return ['npm', '--workspace', workspace];
    case 'pnpm':
      return ['pnpm', '--filter', of.name === undefined ? `./${of.folder}` : workspace];
    case 'yarn':
      return ['yarn', 'workspace', workspace];
    default:
      return name satisfies never;
  }
}

/** Only npm takes flags for itself that stand behind the script's name. */
function passed(name: ManagerName, args: string): readonly string[] {
  if (args === '') return [];
  return name === 'npm' ? ['--', args] : [args];
}

/** A name from somebody's file, as one word of a shell's line. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
