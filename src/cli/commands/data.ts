import { type DataState, listData, type SharedBaseline } from '../../app/data/list.ts';
import type { Results } from '../../app/data/on-own-server.ts';
import { resetOnSchedule } from '../../app/data/scheduled-resets.ts';
import { tidyData } from '../../app/data/tidy.ts';
import { baselineWords } from '../../core/data/baseline.ts';
import type { KeysState } from '../../core/data/state.ts';
import { ExitCode } from '../../core/errors.ts';
import { bytes, table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { chosenServices, jsonOf } from '../databases.ts';
import { silent, teller } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const { args } = context;
  const common = commonOptions(context, silent);
  if (args[0] === 'tidy') {
    const tell = teller(context);
    const heard = commonOptions(context, (event) => event.type === 'notice' && tell(event.message));
    await tidyData({ ...heard, ...chosenServices(context), unheard: context.options.quiet === true });
    return ExitCode.ok;
  }
  if (args[0] === 'resets') {
    await resetOnSchedule(common, context.terminal.print);
    return ExitCode.ok;
  }
  const found = await listData({ ...common, ...chosenServices(context) });
  printCopies(context, found);
  if (context.options.json === true) return ExitCode.ok;
  const baselines = found.results.flatMap((state) => state.baselines);
  // Each database lists all that the machine keeps, and knows which one is its own.
  const known = [...baselines, ...baselines.filter(({ current }) => current)];
  printBaselines(context, [...new Map(known.map((one) => [one.key, one])).values()]);
  return ExitCode.ok;
}

function printBaselines({ terminal }: CommandContext, baselines: readonly SharedBaseline[]): void {
  if (baselines.length === 0) return;
  const rows = baselines.map(({ key, project, sizeBytes, lastUsed, current }) => [
    `${project} ${baselineWords(key)}`,
    bytes(sizeBytes),
    `used ${day(lastUsed)}${current ? ', what a new checkout begins with' : ''}`,
  ]);
  terminal.print(`\nOn this machine, for other checkouts:\n${table(rows)}`);
}

function keysText({ service, keys, why, lags, copies }: KeysState): string {
  const behind = lags ? ', not yet those of the database: the next command brings them there' : '';
  const live = keys === null ? why : `${keys} keys${behind}`;
  if (why !== null) return `${service}: ${why}`;
  const rows = copies.map((copy) => [copy.kind, labelOf(copy), `${copy.keys} keys`, day(copy.created)]);
  return [`${service}: ${live}`, ...(rows.length === 0 ? [] : [table(rows)])].join('\n');
}

function labelOf({ kind, label }: { readonly kind: string; readonly label: string }): string {
  return label === '' || kind === 'snapshot' ? label : `of a ${label}`;
}

function day(time: string): string {
  return time.slice(0, 19).replace('T', ' ');
}

/** `redis`: what goes with them. */
type ShownCopies = Pick<DataState, 'service' | 'database' | 'copies' | 'cutOff' | 'why'> &
  Partial<Pick<DataState, 'redis'>>;

export function printCopies(
  { options, terminal }: Pick<CommandContext, 'options' | 'terminal'>,
  found: Results<ShownCopies>,
): void {
  terminal.print(
    options.json === true ? jsonOf(found) : found.results.map((state) => stateText(state, found)).join('\n\n'),
  );
}

/** Under its name where there are several, and with the keys that go with it. */
function stateText(
  { service, database, copies, cutOff, why, redis = [] }: ShownCopies,
  { several }: Results<ShownCopies>,
): string {
  if (why !== null) return `${service}: ${why}`;
  const rows = copies.map((copy) => [copy.kind, labelOf(copy), bytes(copy.sizeBytes), day(copy.created)]);
  const text = rows.length === 0 ? `${service}: no copies of ${database}` : table(rows);
  const title = several && rows.length > 0 ? `${service}: ${database}\n` : '';
  const mend = cutOff === null ? [] : [`${service}: ${cutOff} by the next command, such as devenv up`];
  return [`${title}${text}`, ...mend, ...redis.map(keysText)].join('\n\n');
}
