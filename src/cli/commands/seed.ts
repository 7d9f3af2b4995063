import { type SeedResult, seedEnvironment } from '../../app/data/seed-environment.ts';
import { tidyLater } from '../../app/data/tidy-later.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import { age, seconds, table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { chosenServices, printEach } from '../databases.ts';
import { teller } from '../display.ts';
import { commonOptions } from '../flags.ts';
import { progressOn } from '../progress.ts';

export async function run(context: CommandContext): Promise<number> {
  const { args, options, terminal } = context;
  const tell = teller(context);
  const common = commonOptions(context, (event) => event.type === 'notice' && tell(event.message));
  using progress = progressOn(options.json === true || options.quiet === true ? {} : terminal);
  const wanted = {
    files: args.flat().filter((one): one is string => typeof one === 'string'),
    rows: wholeNumber(options.rows),
    packs: Array.isArray(options.pack) ? options.pack : [],
    dryRun: options.dryRun === true,
    triggers: options.triggers === false ? false : null,
  };
  let began = false;
  try {
    await printEach(context, wanted.dryRun ? planText : resultText, (print) =>
      seedEnvironment({
        ...{ ...common, ...chosenServices(context), ...wanted, progress: progress.show },
        done: (result) => {
          began = !wanted.dryRun;
          progress[Symbol.dispose]();
          print(result);
        },
      }),
    );
  } finally {
    if (began) tidyLater(common);
  }
  return ExitCode.ok;
}

function wholeNumber(given: unknown): number | null {
  if (given === undefined) return null;
  if (typeof given === 'string' && /^\d{1,9}$/.test(given)) return Number(given);
  throw new UserError(`--rows ${String(given)} is no number of rows`, {
    code: 'usage',
    hints: ['devenv seed --rows 1000'],
  });
}

function resultText({ service, database, tables, keys, rows, milliseconds }: SeedResult): string {
  const rate = Math.round(rows / Math.max(0.001, milliseconds / 1000));
  const lines = tables.map((one) => [one.table, rowsText(one.rows)]);
  const stored = keys
    .map(
      (one) =>
        `\n${one.service}: ${counted(one.written, 'key')} written, ${one.kept} ${one.kept === 1 ? 'was' : 'were'} there already.`,
    )
    .join('');
  const did = `${service}: ${database} got ${rowsText(rows)} in ${seconds(milliseconds)} (${rate} a second); devenv undo takes them back.${stored}`;
  return lines.length === 0 ? did : `${table(lines)}\n${did}`;
}

function planText({ tables, plannedKeys }: SeedResult): string {
  const rowsTexts = tables.map(({ table: name, rows, sample }) => {
    const columns = Object.keys(sample[0] ?? {});
    const body = sample.map((row) => columns.map((column) => shortened(row[column] ?? null)));
    return `${name}: ${rowsText(rows)}\n${table([columns, ...body]).replace(/^/gm, '  ')}`;
  });
  const keysTexts = plannedKeys.map(({ name, keys, sample }) => {
    const body = sample.map(({ key, ttl, value }) => [
      shortened(key),
      ttl === null ? '-' : age(ttl),
      shortened(typeof value === 'string' ? value : JSON.stringify(value), WIDEST * 3),
    ]);
    return `redis ${name}: ${counted(keys, 'key')}\n${table([['key', 'ttl', 'value'], ...body]).replace(/^/gm, '  ')}`;
  });
  return [...rowsTexts, ...keysTexts].join('\n\n');
}

function rowsText(rows: number): string {
  return counted(rows, 'row');
}

function counted(count: number, what: 'row' | 'key'): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** How wide a value is shown. */
const WIDEST = 32;

function shortened(text: string | null, widest = WIDEST): string {
  if (text === null) return '-';
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > widest ? `${line.slice(0, widest - 3)}...` : line;
}
