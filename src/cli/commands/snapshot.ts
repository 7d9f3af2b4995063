import { type DataDiff, diffData } from '../../app/data/diff.ts';
import { exportData } from '../../app/data/export.ts';
import { importData } from '../../app/data/import.ts';
import { listData } from '../../app/data/list.ts';
import type { Chosen } from '../../app/data/on-own-server.ts';
import { actOnSnapshot, type SnapshotResult } from '../../app/data/snapshot.ts';
import { tidyLater } from '../../app/data/tidy-later.ts';
import type { CommonOptions } from '../../app/options.ts';
import type { TableChange } from '../../core/data/diff.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import { bytes, table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { chosenServices, printEach } from '../databases.ts';
import { teller } from '../display.ts';
import { commonOptions } from '../flags.ts';
import { progressOn } from '../progress.ts';
import { withKeys } from '../with-keys.ts';
import { printCopies } from './data.ts';

/** Does what was asked for with one database, and gives the result with its words. */
type Act = (context: CommandContext, options: CommonOptions & Chosen) => Promise<{ result: object; text: string }>;

const ACTS: Readonly<Record<string, Act>> = {
  async diff({ args }, options) {
    const [, before, after] = args;
    const other = after === undefined ? null : checkedName('diff', after);
    const result = await diffData(checkedName('diff', before), other, options);
    return { result, text: diffText(result) };
  },

  async export({ args }, options) {
    const [, first, second] = args;
    const name = second === undefined ? null : checkedName('export', first);
    const result = await exportData(name, given('export', second ?? first), options);
    const what = name === null ? result.database : `${name} of ${result.database}`;
    return { result, text: `${result.service}: ${what} is in ${result.file}, ${bytes(result.bytes)}.` };
  },

  async import({ args, options: flags }, options) {
    const [, file, second] = args;
    const name = second === undefined ? null : checkedName('import', second);
    const request = { file: given('import', file), name, restore: flags.restore === true };
    const result = await importData(request, options).finally(() => tidyLater(options));
    const next = result.restored
      ? ', and live; devenv undo takes that back'
      : `; devenv snapshot restore ${result.name} puts it in place`;
    const roles = result.missingRoles.join(', ');
    const without = roles === '' ? '' : `\nWithout owners and grants: this server has no role ${roles}.`;
    return { result, text: `${result.service}: ${result.file} is the snapshot ${result.name}${next}.${without}` };
  },
};

export async function run(context: CommandContext): Promise<number> {
  const { args, options, terminal } = context;
  const tell = teller(context);
  const common = commonOptions(context, (event) => event.type === 'notice' && tell(event.message));
  const chosen = { ...common, ...chosenServices(context) };
  const [action = 'ls'] = args;
  const one = ACTS[action];
  if (one) {
    const { result, text } = await one(context, chosen);
    terminal.print(options.json === true ? JSON.stringify(result, null, 2) : text);
  } else if (action === 'ls') await list(context, chosen);
  else await act(context, chosen, action as keyof typeof DONE);
  return ExitCode.ok;
}

async function list(context: CommandContext, options: CommonOptions & Chosen): Promise<void> {
  const { results, several } = await listData(options);
  const isSnapshot = ({ kind }: { readonly kind: string }) => kind === 'snapshot';
  const shown = context.options.json === true ? {} : { redis: [] };
  const only = results.map((state) => ({ ...state, copies: state.copies.filter(isSnapshot), ...shown }));
  printCopies(context, { results: only, several });
}

const DONE = {
  save: (name: string) => `is kept as ${name}`,
  restore: (name: string) => `is as in ${name}; devenv undo takes that back`,
  rm: (name: string) => `has no snapshot ${name} any more`,
};

async function act(context: CommandContext, options: CommonOptions & Chosen, action: keyof typeof DONE): Promise<void> {
  const { args, options: flags, terminal } = context;
  const name = checkedName(action, args[1]);
  using progress = progressOn(flags.json === true || flags.quiet === true ? {} : terminal, 'bytes');
  const copied = (done: number, total: number): void =>
    progress.show(`${action === 'save' ? 'saving' : 'restoring'} ${name}`, done, total);
  const textOf = ({ service, database, redis }: SnapshotResult) =>
    `${service}: ${database}${withKeys(redis)} ${DONE[action](name)}.`;
  let began = false;
  try {
    await printEach(context, textOf, (print) =>
      actOnSnapshot(action, name, {
        ...{ ...options, copied },
        done: (result) => {
          began = true;
          progress[Symbol.dispose]();
          print(result);
        },
      }),
    );
  } finally {
    // Each leaves something to take back, of which only the last are kept.
    if (began && action === 'restore') tidyLater(options);
  }
}

function diffText({ service, database, before, after, tables }: DataDiff): string {
  const now = after ?? 'what is live';
  if (tables.length === 0) return `${service}: between ${before} of ${database} and ${now} nothing differs.`;
  return table([['table', before, after ?? 'live', ''], ...tables.map(row)]);
}

const WORDS: Readonly<Record<TableChange['change'], string>> = {
  added: 'new',
  removed: 'gone',
  rows: '',
  contents: 'other contents',
};

function row({ table: name, change, before, after }: TableChange): readonly string[] {
  return [name, before === null ? '-' : String(before), after === null ? '-' : String(after), WORDS[change]];
}

/** It becomes a setting of a database, and is typed again. */
function checkedName(action: string, name: string | undefined): string {
  if (name !== undefined && /^[A-Za-z0-9][\w.-]{0,39}$/.test(name)) return name;
  const message = name === undefined ? `which snapshot is to ${action}?` : `"${name}" is no name for a snapshot`;
  throw new UserError(message, {
    code: 'usage',
    hints: [`devenv snapshot ${action} NAME; letters, digits, dots, _ and -, up to 40.`],
  });
}

function given(action: string, file: string | undefined): string {
  if (file !== undefined) return file;
  throw new UserError(`which file is to ${action}?`, {
    code: 'usage',
    hints: [action === 'export' ? 'devenv snapshot export [NAME] FILE' : 'devenv snapshot import FILE [NAME]'],
  });
}
