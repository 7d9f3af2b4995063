import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import type { CopyWay, KeptData, Prepare } from '../../../core/runtime.ts';
import type { Service } from '../../../core/stack.ts';
import type { TemplateRecord } from '../../../core/store.ts';
import { readJson, touch, writeJson } from '../../../lib/files.ts';
import type { Context } from '../context.ts';
import { isDraft, withDraftFolder } from '../draft-folder.ts';
import { exists } from '../exists.ts';
import { plainName, templatesFolder } from '../folders.ts';
import { requirePrograms } from '../programs/resolve.ts';
import { assertReachable } from '../reachable.ts';
import { runningServer } from '../server/record.ts';
import { endServer } from '../server/stop.ts';
import { copyFolder, flush } from './copy.ts';
import { initData } from './init.ts';
import { templateSize } from './template-size.ts';
import { withThrowAwayServer } from './throw-away-server.ts';

const MARK = 'template.json';

interface TemplateMark {
  readonly key: string;
  readonly version: string;
  readonly program: string;
  /** Name of the programs that made it; null for those that came from elsewhere than the cache. */
  readonly programs?: string | null;
  /** Of a baseline: whose data it is. */
  readonly project?: string;
}

export async function templateKeys(context: Context): Promise<readonly string[]> {
  const names = await readdir(templatesFolder(context)).catch(() => []);
  const whole = await Promise.all(names.map((name) => exists(join(templatesFolder(context), name, MARK))));
  return names.filter((name, index) => !isDraft(name) && whole[index]);
}

export async function templateRecords(context: Context): Promise<readonly TemplateRecord[]> {
  return Promise.all(
    (await templateKeys(context)).map(async (key) => {
      const folder = join(templatesFolder(context), key);
      const [mark, data] = await Promise.all([stat(join(folder, MARK)), stat(join(folder, 'data')).catch(() => null)]);
      const known = await readJson<TemplateMark>(join(folder, MARK));
      return {
        key,
        sizeBytes: await templateSize(folder),
        created: (data ?? mark).mtime.toISOString(),
        lastUsed: mark.mtime.toISOString(),
        madeBy: known?.programs ?? null,
        project: known?.project ?? null,
      };
    }),
  );
}

/** Gone at once, by a rename: half of a template is never copied. */
export async function removeTemplate(context: Context, key: string): Promise<void> {
  const folder = join(templatesFolder(context), plainName(key));
  const remove = async (draft: string): Promise<void> => {
    if (await exists(folder)) await rename(folder, join(draft, 'gone'));
  };
  await withDraftFolder(context, templatesFolder(context), remove, endAbandonedServer);
}

/** Folder with the data of a template. */
export async function templateData(context: Context, key: string): Promise<string> {
  const folder = join(templatesFolder(context), plainName(key));
  if (await exists(join(folder, MARK))) {
    await touch(join(folder, MARK));
    return join(folder, 'data');
  }
  throw new UserError('The pre-initialised data is gone from the cache', {
    hints: ['Run devenv up again: it is made anew.'],
  });
}

/** Initialises data, lets `prepare` work on it with a server of its own, and keeps it under the template's key. */
export async function createTemplate(
  context: Context,
  service: Service,
  prepare: Prepare,
  signal: AbortSignal,
): Promise<void> {
  const key = service.launch.template?.key;
  if (key === undefined) throw new Error(`${service.name} has no template.`);
  const final = join(templatesFolder(context), plainName(key));
  if (await exists(join(final, MARK))) return;
  await assertReachable(context, final);
  const installed = await requirePrograms(context, service);

  const make = async (draft: string): Promise<void> => {
    const whole = join(draft, 'whole');
    await mkdir(whole);
    await chmod(whole, context.user ? 0o711 : 0o700);
    const places = { root: draft, data: join(whole, 'data'), files: join(draft, 'files') };
    await initData(context, service, places, signal);
    await withThrowAwayServer(context, { service, installed, ...places }, prepare, signal);
    signal.throwIfAborted();
    const mark = { key, version: service.version, program: installed.version, programs: installed.name };
    await writeJson(join(whole, MARK), mark satisfies TemplateMark);
    await keep(whole, final);
  };
  await withDraftFolder(context, templatesFolder(context), make, endAbandonedServer);
}

/** The same for the data of a service that has ended. */
export async function keepData(
  context: Context,
  service: Service,
  data: string,
  { key, project }: KeptData,
): Promise<CopyWay> {
  const final = join(templatesFolder(context), plainName(key));
  const installed = await requirePrograms(context, service);
  const make = async (draft: string): Promise<CopyWay> => {
    const whole = join(draft, 'whole');
    await mkdir(whole);
    await chmod(whole, context.user ? 0o711 : 0o700);
    const way = await copyFolder(data, join(whole, 'data'));
    await flush(whole);
    const { version, name: programs } = installed;
    await writeJson(join(whole, MARK), { key, version, program: version, programs, project } satisfies TemplateMark);
    await keep(whole, final);
    return way;
  };
  return withDraftFolder(context, templatesFolder(context), make, endAbandonedServer);
}

/** Of two that make the same template at once, the first stays. */
async function keep(whole: string, final: string): Promise<void> {
  if (!(await exists(join(final, MARK)))) await rm(final, { recursive: true, force: true });
  await rename(whole, final).catch(async (error: unknown) => {
    if (!(await exists(join(final, MARK)))) throw error;
  });
}

export async function endAbandonedServer(draft: string): Promise<void> {
  const data = join(draft, 'whole', 'data');
  const record = await runningServer(join(draft, 'pid.json'), data);
  if (record) await endServer(record, data);
}
