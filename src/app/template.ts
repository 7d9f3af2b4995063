import { cp, mkdir, readdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExitCodeName, UserError } from '../core/errors.ts';
import { packageFolder } from '../lib/installation.ts';
import { nearest } from '../lib/nearest.ts';

/** Every folder of `templates` is one. */
export async function templateNames(): Promise<readonly string[]> {
  const entries = await readdir(templatesFolder(), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

export async function checkTemplate(name: string): Promise<void> {
  const names = await templateNames();
  if (names.includes(name)) return;
  const guess = nearest(name, names);
  const known = `There are ${names.join(', ')}.`;
  throw new UserError(`there is no template ${name}`, {
    code: 'usage',
    hints: guess ? [`Did you mean ${guess}? ${known}`] : [known],
  });
}

/** Copies a template into an empty folder. */
export async function copyTemplate(name: string, folder: string): Promise<void> {
  await cp(join(templatesFolder(), name), folder, {
    recursive: true,
    filter: (source) => !/[/\\]node_modules$/.test(source),
  });
  // npm leaves files of this name out of packages, so the template has it under another.
  await rename(join(folder, 'gitignore'), join(folder, '.gitignore'));
}

/** Gives the project its own name in place of the template's, wherever that stands. */
export async function renameProject(folder: string, name: string): Promise<void> {
  await edit(join(folder, 'devenv.config.yaml'), (text) => text.replace(/^name: .*$/m, `name: ${name}`));
  await edit(join(folder, 'package.json'), (text) => text.replace(/^ {2}"name": "[^"]*"/m, `  "name": "${name}"`));
  await edit(join(folder, 'package-lock.json'), (text) =>
    text.replace(/^( {2}| {6})"name": "[^"]*"/gm, `$1"name": "${name}"`),
  );
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, 'utf8')));
}

export interface Refusal {
  readonly code: ExitCodeName;
  readonly hints: readonly string[];
}

/** Makes the folder, or takes it as it is when nothing but a new git repository is in it. */
export async function emptyFolder(folder: string, { code, hints }: Refusal): Promise<string> {
  if (!(await isEmpty(folder))) throw new UserError(`${folder} is not empty`, { code, hints });
  await mkdir(folder, { recursive: true });
  return realpath(folder);
}

export async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).every((name) => name === '.git');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    if (code === 'ENOTDIR') return false;
    throw error;
  }
}

function templatesFolder(): string {
  return join(packageFolder(), 'templates');
}
