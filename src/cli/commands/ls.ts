import { type ListedEnvironment, type LsOptions, ls } from '../../app/ls.ts';
import { ExitCode } from '../../core/errors.ts';
import { bytes, table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';

export async function run({ options, terminal }: CommandContext): Promise<number> {
  const shown = { sizes: options.sizes === true, all: options.all === true };
  const { environments: found, incomplete } = await ls(shown);
  if (options.json === true) terminal.print(JSON.stringify(found, null, 2));
  else if (found.length > 0) terminal.print(table([headings(shown), ...found.map((entry) => row(entry, shown))]));
  else if (incomplete === null) terminal.tell('No environment on this machine. devenv up makes one for a checkout.');
  if (incomplete !== null) {
    terminal.tell(`No Docker engine answers, so environments on it may be missing, or not be as listed: ${incomplete}`);
  }
  return ExitCode.ok;
}

function headings({ sizes, all }: LsOptions): string[] {
  return [
    'PROJECT',
    'BRANCH',
    'RUNTIME',
    'CREATED',
    ...(all ? ['USER'] : []),
    ...(sizes ? ['MEMORY', 'DISK'] : []),
    'ID',
    'PATH',
  ];
}

function row(entry: ListedEnvironment, { all }: LsOptions): string[] {
  const { project, branch, runtime, created, owner, memoryBytes, diskBytes, id, path } = entry;
  const sizes = memoryBytes === undefined ? [] : [bytes(memoryBytes), bytes(diskBytes ?? 0)];
  const user = all ? [owner ?? '-'] : [];
  return [project, branch ?? '-', runtime, created.slice(0, 16).replace('T', ' '), ...user, ...sizes, id, path];
}
