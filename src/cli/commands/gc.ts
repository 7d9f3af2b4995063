import { type Collected, gc } from '../../app/gc/index.ts';
import { ExitCode } from '../../core/errors.ts';
import { bytes, table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { displayFor, silent, teller } from '../display.ts';
import { duration, text } from '../flags.ts';

const UNUSED_FOR = '30d';

export async function run(context: CommandContext): Promise<number> {
  const { options, terminal, signal } = context;
  const dryRun = options.dryRun === true;
  const verbose = options.verbose === true;
  const collected = await gc({
    dryRun,
    yes: options.yes === true,
    unusedForMs: duration('--unused-for', text(options, 'unusedFor') ?? UNUSED_FOR),
    ask: terminal.ask,
    emit: options.json === true ? silent : displayFor(context),
    signal,
  });
  if (options.json === true) terminal.print(JSON.stringify(collected, null, 2));
  else print(collected, context, { dryRun, verbose });
  return collected.some(({ problem }) => problem !== null) ? ExitCode.failed : ExitCode.ok;
}

function print(
  all: readonly Collected[],
  context: CommandContext,
  { dryRun, verbose }: { readonly dryRun: boolean; readonly verbose: boolean },
): void {
  const tell = teller(context);
  const shown = verbose ? all : all.filter(({ remove }) => remove);
  if (shown.length > 0) {
    context.terminal.print(table([['', 'WHAT', 'NAME', 'SIZE', 'WHY'], ...shown.map((one) => row(one, dryRun))]));
  }
  const going = all.filter(({ remove, removed }) => (dryRun ? remove : removed));
  if (going.length === 0) tell(`Nothing to remove.${verbose ? '' : ' --verbose says why each thing stays.'}`);
  else tell(`${dryRun ? 'Would free' : 'Freed'} ${bytes(sum(going))}.`);
}

function row({ remove, removed, kind, name, sizeBytes, why, problem }: Collected, dryRun: boolean): string[] {
  const outcome = !remove ? 'kept' : dryRun ? 'would go' : removed ? 'removed' : 'failed';
  const size = sizeBytes === null ? '-' : bytes(sizeBytes);
  return [outcome, kind, name, size, problem === null ? why : `${why}; but ${problem}`];
}

function sum(all: readonly Collected[]): number {
  return all.reduce((total, { sizeBytes }) => total + (sizeBytes ?? 0), 0);
}
