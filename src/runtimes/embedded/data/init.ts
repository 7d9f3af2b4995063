import { ExecaError, execa } from 'execa';
import { UserError } from '../../../core/errors.ts';
import type { Service } from '../../../core/stack.ts';
import type { Context } from '../context.ts';
import { makeServerFolder } from '../folders.ts';
import { launchOf, requirePrograms } from '../programs/resolve.ts';
import { serverCommand } from '../server/command.ts';
import { writeFiles } from '../server/files.ts';

/** Makes first data at `data`: by the engine's own program, or an empty folder. `files` is written for it. */
export async function initData(
  context: Context,
  service: Service,
  places: { readonly data: string; readonly files: string },
  signal?: AbortSignal,
): Promise<void> {
  const launch = launchOf(service);
  await makeServerFolder(context, places.data);
  await writeFiles(context, places.files, launch.files);
  if (!launch.init) return;
  const installed = await requirePrograms(context, service);
  const command = serverCommand(installed, launch, launch.init, { ...places, run: places.files, port: 0 });
  try {
    await execa(command.file, command.args, {
      cwd: '/',
      env: command.env,
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      ...context.user,
      ...(signal ? { cancelSignal: signal } : {}),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new UserError(`${service.name}: its data could not be initialised: ${reason(error)}`, { cause: error });
  }
}

function reason(error: unknown): string {
  if (!(error instanceof ExecaError)) return String(error);
  const lines = String(error.all ?? '').split('\n');
  return lines.find((line) => /error:|FATAL/.test(line))?.trim() ?? error.shortMessage;
}
