import { setTimeout as sleep } from 'node:timers/promises';
import { LineSplitter } from '../lib/lines.ts';
import { onAbort } from '../lib/on-abort.ts';
import { paths } from '../lib/paths.ts';
import { type Child, type Exit, launch } from './launch.ts';
import type { PipeReader } from './named-pipe.ts';
import { endOwned, type Owned } from './owned.ts';
import type { ProcessSpec } from './protocol.ts';
import { prepareRunFolder } from './run-folder.ts';
import { DRAIN_MS } from './run-once.ts';

/** After SIGTERM. */
const GRACE_MS = 5000;

/**
 * Runs a command that no supervisor owns, until its shell ends; on abort it ends with everything that it has started.
 * It carries the marks, so that what outlives a killed devenv is found: the next run of it and `down` end that.
 * What it leaves in the background goes on, but nobody waits for it or reads what it says.
 */
export async function runToEnd(
  spec: Pick<ProcessSpec, 'name' | 'command' | 'env'>,
  environment: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<Exit> {
  await endOwned({ leaders: [], environment, process: spec.name }, GRACE_MS);
  await prepareRunFolder();
  signal.throwIfAborted();
  const child = await launch(spec, environment, paths().run);
  const read = Promise.all([child.out, child.err].map((pipe) => readLines(pipe, onLine)));
  const aborted = new Promise<null>((resolve) => onAbort(signal, () => resolve(null)));
  child.release();
  try {
    const exit = await Promise.race([child.exited, aborted]);
    if (exit === null) await endOwned(ownedBy(child, spec.name, environment), GRACE_MS);
    else await Promise.race([read, sleep(DRAIN_MS, undefined, { ref: false })]);
    signal.throwIfAborted();
    return await child.exited;
  } finally {
    child.out.destroy();
    child.err.destroy();
    await read;
  }
}

function ownedBy(child: Child, process: string, environment: string): Owned {
  return { leaders: [child], environment, process };
}

async function readLines(pipe: PipeReader, onLine: (line: string) => void): Promise<void> {
  const splitter = new LineSplitter();
  // One by one: `forEach` would pass its index along, and who listens may take that for a count.
  pipe.read((chunk) => {
    for (const line of splitter.lines(chunk)) onLine(line);
  });
  await pipe.closed;
  for (const line of splitter.flush()) onLine(line);
}
