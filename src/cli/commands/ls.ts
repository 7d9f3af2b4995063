import { type ListedEnvironment, type LsOptions, ls } from '../../app/ls.ts';
import { watchLs } from '../../app/watch-ls.ts';
import { ExitCode } from '../../core/errors.ts';
import { bytes, table } from '../../display/words.ts';
import { onAbort } from '../../lib/on-abort.ts';
import type { CommandContext } from '../command.ts';
import { endedBy } from '../signals.ts';
import { stageOn } from '../stage.ts';
import { whileRead } from '../while-read.ts';

const NONE = 'No environment on this machine. devenv up makes one for a checkout.';

export async function run(context: CommandContext): Promise<number> {
  const { options, terminal } = context;
  const shown = { sizes: options.sizes === true, all: options.all === true };
  if (options.watch === true) return watch(context, shown);
  const { environments: found, incomplete } = await ls(shown);
  if (options.json === true) terminal.print(JSON.stringify(found, null, 2));
  else if (found.length > 0) terminal.print(listing(found, shown));
  else if (incomplete === null) terminal.tell(NONE);
  if (incomplete !== null) {
    terminal.tell(`No Docker engine answers, so environments on it may be missing, or not be as listed: ${incomplete}`);
  }
  return ExitCode.ok;
}

/** Until Ctrl-C, or `q` on a screen, or until nobody reads it. What is the same as before is not shown again. */
async function watch(context: CommandContext, shown: LsOptions): Promise<number> {
  const { options, terminal, signal } = context;
  if (options.json === true || !terminal.canvas) return watchAsLines(context, shown);
  await watchOnScreen(terminal.canvas, shown, signal);
  return signal.aborted ? endedBy(signal) : ExitCode.ok;
}

async function watchAsLines({ options, terminal, signal }: CommandContext, shown: LsOptions): Promise<number> {
  using reading = await whileRead(signal);
  let last = '';
  for await (const look of watchLs(shown, reading.signal)) {
    const text = 'problem' in look ? look.problem : shownAs(look.found, shown, options.json === true);
    if (text === last) continue;
    last = text;
    if ('problem' in look) terminal.tell(`Warning: ${look.problem}`);
    else terminal.print(text);
  }
  return endedBy(reading.signal);
}

async function watchOnScreen(stream: NodeJS.WriteStream, shown: LsOptions, signal: AbortSignal): Promise<void> {
  let listed: readonly string[] = [];
  let lines: readonly string[] = [];
  let last = '';
  const leaving = new AbortController();
  onAbort(signal, () => leaving.abort());
  using stage = stageOn(stream, { lines: () => lines, leave: () => leaving.abort() });
  for await (const look of watchLs(shown, leaving.signal)) {
    if ('found' in look) listed = shownAs(look.found, shown, false).split('\n');
    lines = [...listed, '', 'problem' in look ? `As it was before: ${look.problem}` : 'q to leave'];
    if (lines.join('\n') === last) continue;
    last = lines.join('\n');
    stage.draw();
  }
}

function shownAs(found: readonly ListedEnvironment[], shown: LsOptions, json: boolean): string {
  if (json) return JSON.stringify(found);
  return found.length === 0 ? NONE : listing(found, shown);
}

function listing(found: readonly ListedEnvironment[], shown: LsOptions): string {
  return table([headings(shown), ...found.map((entry) => row(entry, shown))]);
}

function headings({ sizes, all }: LsOptions): string[] {
  return [
    'PROJECT',
    'BRANCH',
    'STATE',
    'RUNTIME',
    'CREATED',
    ...(all ? ['USER'] : []),
    ...(sizes ? ['MEMORY', 'DISK'] : []),
    'ID',
    'PATH',
  ];
}

function row(entry: ListedEnvironment, { all }: LsOptions): string[] {
  const { project, branch, state, runtime, created, owner, memoryBytes, diskBytes, id, path } = entry;
  const sizes = memoryBytes === undefined ? [] : [bytes(memoryBytes), bytes(diskBytes ?? 0)];
  const user = all ? [owner ?? '-'] : [];
  const made = created.slice(0, 16).replace('T', ' ');
  return [project, branch ?? '-', state, runtime, made, ...user, ...sizes, id, path];
}
