import { type ListedEnvironment, ls } from '../../app/ls.ts';
import { ExitCode } from '../../core/errors.ts';
import { bytes, table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';

export async function run({ options, terminal }: CommandContext): Promise<number> {
  const { environments: found, incomplete } = await ls({ sizes: options.sizes === true });
  if (options.json === true) terminal.print(JSON.stringify(found, null, 2));
  else if (found.length === 0 && incomplete === null)
    terminal.tell('No environment on this machine. devenv up makes one for a checkout.');
  else if (found.length > 0) terminal.print(table([headings(options.sizes === true), ...found.map(row)]));
  if (incomplete !== null) {
    terminal.tell(`No Docker engine answers, so environments on it may be missing, or not be as listed: ${incomplete}`);
  }
  return ExitCode.ok;
}

function headings(sizes: boolean): string[] {
  return ['PROJECT', 'BRANCH', 'RUNTIME', 'CREATED', ...(sizes ? ['MEMORY', 'DISK'] : []), 'ID', 'PATH'];
}

function row(entry: ListedEnvironment): string[] {
  const { project, branch, runtime, created, memoryBytes, diskBytes, id, path } = entry;
  const sizes = memoryBytes === undefined ? [] : [bytes(memoryBytes), bytes(diskBytes ?? 0)];
  return [project, branch ?? '-', runtime, created.slice(0, 16).replace('T', ' '), ...sizes, id, path];
}
