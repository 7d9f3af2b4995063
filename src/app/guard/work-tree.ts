import { ignoredFiles, indexedBlobs, ownFiles } from '../../lib/git-changes.ts';
import { isConfiguration, readAllowance } from './allowance.ts';
import { scanBlobs } from './changes.ts';
import { type Composed, followCompose, isComposeFile } from './compose-files.ts';
import { type GuardReport, nameOf, pathOf } from './report.ts';
import { scanFile } from './scan-file.ts';
import { type Looked, reportOf } from './tally.ts';

/**
 * Files as they are now: all that git has or would get by `git add --all`, and of what it ignores those in which keys are
 * given to processes and containers: `.env*`, the local configuration, compose files and what they name.
 */
export async function scanWorkTree(top: string, cwd: string): Promise<GuardReport> {
  const [own, ignored] = await Promise.all([ownFiles(top), ignoredFiles(top)]);
  const beside = ignored.filter(isGiven);
  const paths = (isOne: (name: string) => boolean) =>
    [...own, ...beside].filter(isOne).map((name) => pathOf(top, name));
  const [allowance, composed, looked] = await Promise.all([
    readAllowance(cwd, paths(isConfiguration)),
    Promise.all(paths(isComposeFile).map((path) => followCompose(top, path))),
    lookAtOwn(top, own),
  ]);
  const read = new Set(looked.filter(({ result }) => !('isLink' in result)).map(({ name }) => name));
  const given = givenFiles(top, composed, [
    ...[...beside, ...own.filter(isGiven)],
    ...allowance.files.map((path) => nameOf(top, path)),
  ]).filter(({ name }) => !read.has(name));
  return reportOf([...looked, ...(await lookAtGiven(top, given))], composed, allowance);
}

function isGiven(name: string): boolean {
  return (
    /(?:^|\/)(?:\.env(?:rc|[.-][^/]*)?|[^/]+\.env|devenv\.config\.local\.[a-z]+)$/.test(name) || isComposeFile(name)
  );
}

/** What of git's files isn't in the work tree, such as outside of a sparse one, is in the index. */
async function lookAtOwn(top: string, names: readonly string[]): Promise<readonly Looked[]> {
  const absent = new Set<string>();
  const found = await inTurns(names, async (name): Promise<readonly Looked[]> => {
    const result = await scanFile(bytesOf(top, name), 'leave');
    if (result === null) absent.add(name);
    return result === null ? [] : [{ name, result, by: null }];
  });
  if (absent.size === 0) return found.flat();
  const indexed = [...(await indexedBlobs(top))].filter(([name]) => absent.has(name));
  const scans = await scanBlobs(
    top,
    indexed.flatMap(([, blobs]) => blobs),
  );
  const kept = indexed.flatMap(([name, blobs]) =>
    blobs.flatMap((blob): readonly Looked[] => {
      const scan = scans.get(blob);
      return scan ? [{ name, result: { scan }, by: null }] : [];
    }),
  );
  return [...found.flat(), ...kept];
}

interface GivenFile {
  readonly name: string;
  /** The file by whose project it is let in; absolute. */
  readonly by: string;
  /** Somebody says that it is a file. */
  readonly isNamed: boolean;
}

function givenFiles(top: string, composed: readonly Composed[], names: readonly string[]): readonly GivenFile[] {
  const all: readonly GivenFile[] = [
    ...composed.flatMap(({ by, files }) => files.map((path) => ({ name: nameOf(top, path), by, isNamed: true }))),
    ...names.map((name) => ({ name, by: pathOf(top, name), isNamed: false })),
  ];
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

async function lookAtGiven(top: string, files: readonly GivenFile[]): Promise<readonly Looked[]> {
  const found = await inTurns(files, async ({ name, by, isNamed }): Promise<readonly Looked[]> => {
    const result = await scanFile(bytesOf(top, name), isNamed ? 'follow to a file' : 'follow');
    return result === null ? [] : [{ name, result, by }];
  });
  return found.flat();
}

function bytesOf(top: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${top}/`), Buffer.from(name, 'latin1')]);
}

const AT_ONCE = 8;

/** A few at once; the results in any order. */
async function inTurns<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const left = items.values();
  const results: R[] = [];
  const worker = async () => {
    for (const item of left) results.push(await act(item));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
