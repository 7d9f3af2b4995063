import { realpath, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { problemsOfText } from '../config/check-text.ts';
import { type Found, findConfig } from '../config/read.ts';
import { formatProblem, UserError } from '../core/errors.ts';
import { detect } from '../init/detect/index.ts';
import { type Basis, basisOf, configOf, type Draft } from '../init/draft/draft.ts';
import { draftOf } from '../init/draft/index.ts';
import { type NoteFinding, note } from '../init/finding.ts';
import { render } from '../init/render.ts';
import { type Ignored, ignore } from './ignore-file.ts';
import { readProject } from './read-project.ts';

export interface InitOptions {
  readonly cwd: string;
  /** Write nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

export interface InitResult {
  readonly folder: string;
  readonly file: string;
  readonly written: boolean;
  readonly text: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** What each part is based on. */
  readonly basedOn: readonly Basis[];
  /** Seen, and not taken over. */
  readonly notes: readonly NoteFinding[];
  /** Names of `.env.example` that have no value yet. */
  readonly unset: Draft['unset'];
  readonly ignored: Ignored | null;
}

const FILE = 'devenv.config.yaml';
/** What one person has for themselves. */
const LOCAL = 'devenv.config.local.*';

/** Writes the configuration of a folder's project from what its files tell. */
export async function init({ cwd, dryRun, signal }: InitOptions): Promise<InitResult> {
  const existing = await findConfig(cwd);
  const folder = await realpath(resolve(cwd));
  if (!(await stat(folder)).isDirectory()) throw new UserError(`${cwd} is no folder`, { code: 'usage' });
  if (existing && !dryRun) throw alreadyThere(existing, folder);
  const files = await readProject(folder, signal);
  const draft = draftOf(detect(files));
  const text = render(draft);
  const problems = problemsOfText(FILE, text);
  if (problems.length > 0) {
    throw new Error(`init made a configuration that devenv refuses: ${problems.map(formatProblem).join('; ')}`);
  }
  if (!dryRun) await write(folder, text);
  return {
    folder,
    file: FILE,
    written: !dryRun,
    text,
    config: configOf(draft),
    basedOn: basisOf(draft),
    notes: [...files.unread.map(({ file, why }) => note('not read', { file, what: why })), ...draft.notes],
    unset: draft.unset,
    ignored: dryRun ? null : await ignore(folder, LOCAL, 'devenv.config.local.yaml'),
  };
}

async function write(folder: string, text: string): Promise<void> {
  try {
    await writeFile(join(folder, FILE), text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw refusal(`${FILE} is there already`, []);
  }
}

function alreadyThere({ root, base }: Found, folder: string): UserError {
  const name = base[0]?.name ?? FILE;
  if (root === folder) return refusal(`${name} is there already`, []);
  return refusal(`${relative(folder, join(root, name))} already describes this folder`, [
    'devenv up works from here. A file of its own would make this folder another project.',
  ]);
}

function refusal(what: string, hints: readonly string[]): UserError {
  return new UserError(`${what}; init never overwrites or shadows one`, {
    code: 'refused',
    hints: [
      ...hints,
      `To see what init would write: devenv init --dry-run. It prints the file, which "> ${FILE}" keeps.`,
    ],
  });
}
