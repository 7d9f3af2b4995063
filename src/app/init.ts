import { realpath, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { problemsOfText } from '../config/check-text.ts';
import { type Found, findConfig } from '../config/read.ts';
import { formatProblem, UserError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import { detect } from '../init/detect/index.ts';
import { type Basis, basisOf, configOf, type Draft } from '../init/draft/draft.ts';
import { draftOf } from '../init/draft/index.ts';
import type { ProjectFiles } from '../init/files.ts';
import { type NoteFinding, note } from '../init/finding.ts';
import { render } from '../init/render.ts';
import { interestIn } from '../init/wanted.ts';
import { tellDecision } from './decisions.ts';
import { type Ignored, ignore } from './ignore-file.ts';
import { readProject } from './read-project.ts';

export interface InitOptions {
  readonly cwd: string;
  /** Write nothing. */
  readonly dryRun: boolean;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface InitResult {
  readonly folder: string;
  readonly file: string;
  readonly written: boolean;
  /** A configuration that describes the folder already, relative to it. */
  readonly existing: string | null;
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
export async function init({ cwd, dryRun, emit, signal }: InitOptions): Promise<InitResult> {
  const existing = await findConfig(cwd);
  const folder = await realpath(resolve(cwd));
  if (!(await stat(folder)).isDirectory()) throw new UserError(`${cwd} is no folder`, { code: 'usage' });
  if (existing && !dryRun) throw alreadyThere(existing, folder);
  const files = await readProject(folder, signal);
  tellRead(emit, folder, existing, files);
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
    existing: existing ? nameOf(existing, folder) : null,
    text,
    config: configOf(draft),
    basedOn: basisOf(draft),
    notes: [...files.unread.map(({ file, why }) => note('not read', { file, what: why })), ...draft.notes],
    unset: draft.unset,
    ignored: dryRun ? null : await ignore(folder, LOCAL, 'devenv.config.local.yaml'),
  };
}

function tellRead(emit: Emit, folder: string, existing: Found | undefined, { names, texts }: ProjectFiles): void {
  const above = existing
    ? `${join(existing.root, existing.base[0]?.name ?? FILE)} describes it already`
    : 'no configuration is here or above, up to the root of the checkout';
  tellDecision(emit, 'folder', `${folder}: ${above}`);
  const [telling, sources] = [
    [...texts.keys()].filter(isTelling),
    [...texts.keys()].filter((name) => !isTelling(name)),
  ];
  const last = sources.length === 0 ? '' : `, and ${sources.length} sources for what they read`;
  tellDecision(emit, 'read', `${telling.join(', ') || 'nothing that tells'}${last}; of ${names.length} files`);
}

function isTelling(name: string): boolean {
  return interestIn(name) === 'telling';
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
  const name = nameOf({ root, base }, folder);
  if (root === folder) return refusal(`${name} is there already`, []);
  return refusal(`${name} already describes this folder`, [
    'devenv up works from here. A file of its own would make this folder another project.',
  ]);
}

function nameOf({ root, base }: Pick<Found, 'root' | 'base'>, folder: string): string {
  return relative(folder, join(root, base[0]?.name ?? FILE));
}

function refusal(what: string, hints: readonly string[]): UserError {
  return new UserError(`${what}; init never overwrites or shadows one`, {
    code: 'refused',
    hints: [...hints, 'To see what init would write: devenv init --dry-run.'],
  });
}
