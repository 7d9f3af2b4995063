import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { projectName } from '../config/finish.ts';
import { messageOf } from '../core/errors.ts';
import { commitAll, readCheckout } from '../lib/git.ts';
import { checkTemplate, copyTemplate, emptyFolder, isEmpty, renameProject } from './template.ts';

export interface TemplateOptions {
  readonly cwd: string;
  readonly template: string;
  /** Null: the working folder. */
  readonly folder: string | null;
  readonly dryRun: boolean;
}

export interface TemplateResult {
  readonly template: string;
  readonly name: string;
  readonly folder: string;
  readonly written: boolean;
  readonly files: readonly string[];
  /** A repository that was made, or why there is none of its own. */
  readonly git: 'created' | 'inside another' | string;
  /** Commands to go on with, in the folder. */
  readonly next: readonly string[];
}

/** Starts a new project from a template. */
export async function initTemplate(options: TemplateOptions): Promise<TemplateResult> {
  const { template, dryRun } = options;
  await checkTemplate(template);
  const wanted = resolve(options.cwd, options.folder ?? '.');
  const name = projectName(basename(wanted));
  const refusal = { code: 'refused', hints: [`Name a new folder: devenv init --template ${template} DIR`] } as const;
  const next = ['npm install', 'devenv up'];
  if (dryRun) {
    if (!(await isEmpty(wanted))) await emptyFolder(wanted, refusal);
    return { template, name, folder: wanted, written: false, files: [], git: 'nothing was written', next };
  }
  const folder = await emptyFolder(wanted, refusal);
  await copyTemplate(template, folder);
  await renameProject(folder, name);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('/.git/'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  return { template, name, folder, written: true, files, git: await repositoryOf(folder, template), next };
}

async function repositoryOf(folder: string, template: string): Promise<string> {
  if (!('none' in (await readCheckout(folder)))) return 'inside another';
  try {
    await commitAll(folder, `The ${template} template`);
    return 'created';
  } catch (error) {
    return messageOf(error).split('\n')[0] ?? 'git did not answer';
  }
}
