import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

const DEBOUNCE_MS = 100;
const NEVER_WATCHED = new Set(['node_modules', '.git']);

export interface WatchOptions {
  readonly cwd: string;
  /** Relative to `cwd`. One that names a folder means everything in it; a leading ! takes files out. */
  readonly globs: readonly string[];
  /** The first path that changed, relative to `cwd`. */
  readonly onChange: (path: string) => void;
  readonly onError: (error: unknown) => void;
}

/** Calls `onChange` once things have been quiet for 100 ms. Loads its libraries here: few processes watch. */
export async function watchFiles(options: WatchOptions): Promise<AsyncDisposable> {
  const { watch } = await import('chokidar');
  const { default: picomatch } = await import('picomatch');
  const { cwd, globs } = options;
  const matches = picomatch(globs.filter((glob) => !glob.startsWith('!')).flatMap(withContent), {
    dot: true,
    ignore: globs.filter((glob) => glob.startsWith('!')).flatMap((glob) => withContent(glob.slice(1))),
  });
  const bases = globs.filter((glob) => !glob.startsWith('!')).map((glob) => existing(cwd, picomatch.scan(glob).base));
  const debounced = debounce(options.onChange);
  const watcher = watch([...new Set(bases)], { ignoreInitial: true, ignored: (path) => isIgnored(cwd, path) });
  watcher.on('all', (_event, path) => {
    const name = relative(cwd, resolve(cwd, path));
    if (matches(name)) debounced.call(name);
  });
  watcher.on('error', options.onError);
  return {
    async [Symbol.asyncDispose]() {
      debounced.cancel();
      await watcher.close();
    },
  };
}

function withContent(glob: string): string[] {
  const plain = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  return [plain, `${plain}/**`];
}

/** The nearest folder that is there, so that one made later is seen too. */
function existing(cwd: string, base: string): string {
  let path = resolve(cwd, base);
  while (!existsSync(path) && path !== dirname(path)) path = dirname(path);
  return path;
}

/** Only names below `cwd` count: a checkout may itself lie in such a folder. */
function isIgnored(cwd: string, path: string): boolean {
  return relative(cwd, path)
    .split(sep)
    .some((part) => NEVER_WATCHED.has(part));
}

function debounce(act: (first: string) => void): { call(path: string): void; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  let first: string | undefined;
  return {
    call(path) {
      first ??= path;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const changed = first as string;
        first = undefined;
        act(changed);
      }, DEBOUNCE_MS);
    },
    cancel: () => clearTimeout(timer),
  };
}
