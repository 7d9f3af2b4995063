import { execa } from 'execa';
import type { Piped, Piping } from '../../core/runtime.ts';
import type { Service } from '../../core/stack.ts';
import { feed, lastOf } from '../../lib/feed.ts';
import type { Context } from './context.ts';
import { toolCommand } from './programs/postgres-tools.ts';

/** Runs a program of this machine, with streams in and out of it. */
export async function runPiped(
  context: Context,
  service: Service,
  [name = '', ...args]: readonly string[],
  { env, input, output, signal }: Piping,
): Promise<Piped> {
  const tool = await toolCommand(context, name, service.version, signal);
  const child = execa(tool.file, args, {
    env: { ...tool.env, ...env },
    stdin: input ? 'pipe' : 'ignore',
    buffer: false,
    reject: false,
    cancelSignal: signal,
  });
  const said = lastOf();
  child.stderr.on('data', said.add);
  try {
    await Promise.all([output(child.stdout), input && child.stdin && feed(input, child.stdin)]);
  } catch (error) {
    child.kill();
    throw error;
  } finally {
    await child;
  }
  signal.throwIfAborted();
  const { exitCode, shortMessage } = await child;
  return { code: exitCode ?? -1, said: said.text() || String(shortMessage ?? '') };
}
