import { type DataState, listData } from '../../app/data/list.ts';
import type { KeysState } from '../../app/data/list-keys.ts';
import { resetOnSchedule } from '../../app/data/scheduled-resets.ts';
import { tidyData } from '../../app/data/tidy.ts';
import { baselineWords } from '../../core/data/baseline.ts';
import { ExitCode } from '../../core/errors.ts';
import { bytes, table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const { args } = context;
  const common = commonOptions(context, silent);
  if (args[0] === 'tidy') {
    await tidyData(common);
    return ExitCode.ok;
  }
  if (args[0] === 'resets') {
    await resetOnSchedule(common, context.terminal.print);
    return ExitCode.ok;
  }
  const state = await listData(common);
  printCopies(context, state);
  if (context.options.json === true) return ExitCode.ok;
  for (const keys of state.redis) context.terminal.print(`\n${keysText(keys)}`);
  printBaselines(context, state);
  return ExitCode.ok;
}

function printBaselines({ terminal }: CommandContext, { baselines }: DataState): void {
  if (baselines.length === 0) return;
  const rows = baselines.map(({ key, project, sizeBytes, lastUsed, current }) => [
    `${project} ${baselineWords(key)}`,
    bytes(sizeBytes),
    `used ${day(lastUsed)}${current ? ', what a new checkout begins with' : ''}`,
  ]);
  terminal.print(`\nOn this machine, for other checkouts:\n${table(rows)}`);
}

function keysText({ service, keys, why, copies }: KeysState): string {
  const live = keys === null ? why : `${keys} keys`;
  const rows = copies.map((copy) => [copy.kind, labelOf(copy), `${copy.keys} keys`, day(copy.created)]);
  return [`${service}: ${live}`, ...(rows.length === 0 ? [] : [table(rows)])].join('\n');
}

function labelOf({ kind, label }: { readonly kind: string; readonly label: string }): string {
  return label === '' || kind === 'snapshot' ? label : `of a ${label}`;
}

function day(time: string): string {
  return time.slice(0, 19).replace('T', ' ');
}

export function printCopies(
  { options, terminal }: Pick<CommandContext, 'options' | 'terminal'>,
  state: Pick<DataState, 'service' | 'database' | 'copies'>,
): void {
  if (options.json === true) {
    terminal.print(JSON.stringify(state, null, 2));
    return;
  }
  const rows = state.copies.map((copy) => [copy.kind, labelOf(copy), bytes(copy.sizeBytes), day(copy.created)]);
  terminal.print(rows.length === 0 ? `${state.service}: no copies of ${state.database}` : table(rows));
}
