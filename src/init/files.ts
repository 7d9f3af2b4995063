/** What was read of a project: bounded, text only. Everything that detects works on this, and on nothing else. */
export interface ProjectFiles {
  /** Every file below the folder, with `/` between folders, sorted; also those that weren't read. */
  readonly names: readonly string[];
  /** Their texts, as far as they are of interest; every line ends with `\n` alone. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is of interest and could not be read. */
  readonly unread: readonly Unread[];
  /** Names of the files in the folders above, up to the root of the git checkout. */
  readonly above: readonly string[];
}

export interface Unread {
  readonly file: string;
  readonly why: string;
}

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export function matching(files: ProjectFiles, pattern: RegExp): readonly TextFile[] {
  return [...files.texts].filter(([name]) => pattern.test(name)).map(([name, text]) => ({ name, text }));
}

/** From 1; undefined where it does not occur. */
export function lineOf(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text);
  return found ? lineAt(text, found.index + found[0].search(/\S|$/)) : undefined;
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** `.` for a file at the top. */
export function folderOf(name: string): string {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? '.' : name.slice(0, slash);
}

export function inFolder(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

export function isBelow(folder: string, name: string): boolean {
  return folder === '.' || name.startsWith(`${folder}/`);
}

const ASIDE =
  /(^|\/)(tests?|specs?|__tests__|e2e|cypress|playwright|examples?|samples?|fixtures?|docs?|templates?|benchmarks?|stories)\//;

/** In a folder that is usually beside the app. */
export function isAside(name: string): boolean {
  return ASIDE.test(name);
}
