import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { debianMirror, sourceLine } from './apt-sources.ts';
import { cachePath } from './paths.ts';

export type Suite = 'bookworm' | 'trixie' | 'sid';

/** Downloads the packages' .deb files into a folder, without touching the machine's own apt state. */
export async function downloadPackages(suite: Suite, packages: string[], into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  const state = await preparedState(suite);
  const download = () => aptGet(state, ['download', ...packages], into);
  await download().catch(async () => {
    // Package lists grow stale: the mirror drops a version as soon as a newer one is there.
    await aptGet(state, ['update']);
    await download();
  });
}

/** The machine's own way to reach its mirror (proxy, certificates), as a file of apt options. */
export async function acquireOptions(): Promise<string> {
  const { stdout } = await execa('apt-config', ['dump']);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('Acquire::'))
    .join('\n');
}

export function suiteSource(suite: Suite): string {
  const mirror = debianMirror();
  if (!mirror) throw new Error("No Debian mirror in this machine's apt sources.");
  return sourceLine(mirror, suite);
}

async function preparedState(suite: Suite): Promise<string> {
  const state = cachePath('apt', suite);
  const complete = join(state, 'complete');
  await writeState(state, suite);
  if (!existsSync(complete)) {
    await aptGet(state, ['update']);
    await writeFile(complete, '');
  }
  return state;
}

async function writeState(state: string, suite: Suite): Promise<void> {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'empty']) {
    await mkdir(join(state, folder), { recursive: true });
  }
  await writeFile(join(state, 'status'), '');
  await writeFile(join(state, 'sources.list'), `${suiteSource(suite)}\n`);
  await writeFile(join(state, 'apt.conf'), `${await acquireOptions()}\n${privateOptions(state)}`);
}

/**
 * Everything apt reads or writes is moved: the machine's apt.conf.d holds hooks that delete its
 * caches on `update`, so only its Acquire options are taken over.
 */
function privateOptions(state: string): string {
  const options = {
    'Dir::Etc::Main': '/dev/null',
    'Dir::Etc::Parts': `${state}/empty`,
    'Dir::Etc::SourceList': `${state}/sources.list`,
    'Dir::Etc::SourceParts': `${state}/empty`,
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': `${state}/empty`,
    'Dir::State': state,
    'Dir::State::Lists': `${state}/lists`,
    'Dir::State::status': `${state}/status`,
    'Dir::Cache': `${state}/cache`,
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
  };
  return Object.entries(options)
    .map(([key, value]) => `${key} "${value}";\n`)
    .join('');
}

async function aptGet(state: string, args: string[], cwd = state): Promise<void> {
  const env = {
    APT_CONFIG: join(state, 'apt.conf'),
    DEBIAN_FRONTEND: 'noninteractive',
  };
  const options = ['-q', '-o', 'Acquire::Retries=3'];
  await execa('apt-get', [...options, ...args], { cwd, env, stdin: 'ignore' });
}
