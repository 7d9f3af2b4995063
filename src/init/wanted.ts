/** What is read of a project: enough to tell how it runs, and never so much that it takes a noticeable time. */
export const Limits = {
  depth: 6,
  /** Files and folders that are looked at. */
  entries: 20_000,
  fileBytes: 1_000_000,
  totalBytes: 24_000_000,
  /** Sources are read for the variables that they name: not those that a program has made. */
  sourceBytes: 128_000,
  sources: 600,
  /** Lists of variables are read with care for quotes over lines, which takes its time. */
  exampleBytes: 32_000,
} as const;

const FOLDERS_LEFT_OUT = new Set([
  ...['node_modules', 'bower_components', 'vendor', 'dist', 'build', 'out', 'target', 'coverage'],
  ...['tmp', 'temp', 'log', 'logs', '__pycache__', 'venv', 'virtualenv', 'site-packages', 'Pods'],
]);

const DOTTED_FOLDERS = new Set(['.github', '.devcontainer', '.docker']);

export function isFolderWanted(name: string): boolean {
  return name.startsWith('.') ? DOTTED_FOLDERS.has(name) : !FOLDERS_LEFT_OUT.has(name);
}

/** By the whole path: files that say what a project is made of. */
const TELLING = [
  /(^|\/)(package\.json|pnpm-workspace\.yaml|\.tool-versions|mise\.toml|\.mise\.toml)$/,
  /(^|\/)(docker-)?compose(\.[\w-]+)?\.ya?ml$/,
  /(^|\/)(Dockerfile|Procfile(\.dev)?)$/,
  /(^|\/)(\.env\.[\w.]*(example|sample|template|dist)|\.env\.defaults|\.?env[._-](example|sample)|(example|sample)\.env)$/,
  /\.prisma$/,
  /(^|\/)(pyproject\.toml|requirements([\w.-]*)\.(txt|in)|Pipfile|manage\.py|alembic\.ini)$/,
  /(^|\/)requirements\/[\w.-]+\.(txt|in)$/,
  /(^|\/)(Gemfile|config\.ru|go\.mod)$/,
  /(^|\/)config\/database\.yml$/,
  /(^|\/)db\/(schema\.rb|structure\.sql)$/,
  /^\.github\/workflows\/[^/]+\.ya?ml$/,
  /^\.gitlab-ci\.yml$/,
  /(^|\/)(migrations?|migrate|drizzle|sql|initdb|docker-entrypoint-initdb\.d)\/(.*\/)?[^/]+\.(sql|py|rb|[cm]?[jt]s)$/,
  /(^|\/)[\w.-]*\.sql$/,
];

const SOURCE = /\.([cm]?[jt]sx?|py|rb|go)$/;
const GENERATED = /(\.min\.js|\.bundle\.js|\.d\.[cm]?ts)$/;

/** How large a file may be. */
export function limitOf(path: string): number {
  if (interestIn(path) === 'source') return Limits.sourceBytes;
  return /env/.test(path.slice(path.lastIndexOf('/') + 1)) ? Limits.exampleBytes : Limits.fileBytes;
}

export type Interest = 'telling' | 'source' | 'none';

export function interestIn(path: string): Interest {
  if (TELLING.some((pattern) => pattern.test(path))) return 'telling';
  return SOURCE.test(path) && !GENERATED.test(path) ? 'source' : 'none';
}
