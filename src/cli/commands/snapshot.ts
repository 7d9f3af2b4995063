import { type DataDiff, diffData } from '../../app/data/diff.ts';
import { exportData } from '../../app/data/export.ts';
import { importData } from '../../app/data/import.ts';
import { listData } from '../../app/data/list.ts';
import type { Chosen } from '../../app/data/on-own-server.ts';
import { actOnSnapshot, type SnapshotResult } from '../../app/data/snapshot.ts';
import { tidyLater } from '../../app/data/tidy-later.ts';
import type { CommonOptions } from '../../app/options.ts';
import type { TableChange } from '../../core/data/diff.ts';
import type { KeyExample } from '../../core/data/key-diff.ts';
import { ExitCode, systemProblem, UserError } from '../../core/errors.ts';
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

  async export({ args, options: flags }, options) {
    const [, first, second] = args;
    const name = second === undefined ? null : checkedName('export', first);
    const file = given('export', second ?? first);
    const result = await exportData(name, file === STANDARD ? standardOutput(flags) : file, options);
    const what = name === null ? result.database : `${name} of ${result.database}`;
    const where = result.file === null ? 'was written' : `is in ${result.file}`;
    return { result, text: `${result.service}: ${what} ${where}, ${bytes(result.bytes)}.` };
  },

  async import({ args, options: flags }, options) {
    const [, file, second] = args;
    const name = second === undefined ? null : checkedName('import', second);
    const from = given('import', file);
    const request = { file: from === STANDARD ? standardInput() : from, name, restore: flags.restore === true };
    const result = await importData(request, options).finally(() => tidyLater(options));
    const next = result.restored
      ? ', and live; devenv undo takes that back'
      : `; devenv snapshot restore ${result.name} puts it in place`;
    const roles = result.madeRoles.join(', ');
    const made = roles === '' ? '' : `\nMade, without login, because this server lacked it: role ${roles}.`;
    const without = result.withOwners
      ? ''
      : '\nWithout owners and grants: its superuser is not the one of this server.';
    const text = `${result.service}: ${result.file} is the snapshot ${result.name}${next}.${made}${without}`;
    return { result, text };
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
    if (action === 'export' && args.at(-1) === STANDARD) terminal.tell(text);
    else terminal.print(options.json === true ? JSON.stringify(result, null, 2) : text);
  } else if (action === 'ls') await list(context, chosen);
  else await act(context, chosen, action as keyof typeof DONE);
  return ExitCode.ok;
}

async function list(context: CommandContext, options: CommonOptions & Chosen): Promise<void> {
  const { results, several } = await listData(options);
  const isSnapshot = ({ kind }: { readonly kind: string }) => kind === 'snapshot';
  const only = results.map(({ service, database, copies, cutOff, why }) => ({
    service,
    database,
    cutOff,
    why,
    copies: copies.filter(isSnapshot),
  }));
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

function diffText({ service, database, before, after, tables, keys }: DataDiff): string {
  const now = after ?? 'what is live';
  const ofKeys = keys.flatMap(keysText);
  const what = ofKeys.length === 0 ? 'nothing' : 'no table';
  const same = `${service}: between ${before} of ${database} and ${now} ${what} differs.`;
  const ofTables = tables.length === 0 ? same : table([['table', before, after ?? 'live', ''], ...tables.map(row)]);
  return [ofTables, ...ofKeys].join('\n');
}

function keysText({ service, databases, why }: DataDiff['keys'][number]): readonly string[] {
  if (databases === null) return [`${service}: its keys are not compared: ${why}`];
  return databases.map(({ database, added, removed, changed, examples }) => {
    const of = (count: number, what: string, change: KeyExample['change']): readonly string[] => {
      if (count === 0) return [];
      const names = examples.filter((one) => one.change === change).map(({ key }) => key);
      const rest = count - names.length;
      return [`${count} ${what} (${[...names, ...(rest > 0 ? [`${rest} more`] : [])].join(', ')})`];
    };
    const counts = [...of(added, 'new', 'added'), ...of(removed, 'gone', 'removed')];
    const all = [...counts, ...of(changed, 'with other contents', 'changed')];
    return `${service}, database ${database}: keys: ${all.join(', ')}`;
  });
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

/** Stands for standard input and output, as for other programs. */
const STANDARD = '-';

function standardInput(): AsyncIterable<Uint8Array> {
  if (!process.stdin.isTTY) return process.stdin;
  throw new UserError('a terminal is no file to import', {
    code: 'usage',
    hints: ['devenv snapshot import - < FILE'],
  });
}

function standardOutput({ json }: CommandContext['options']): (chunk: Uint8Array) => Promise<void> {
  const hints = ['devenv snapshot export - > FILE'];
  if (process.stdout.isTTY) throw new UserError('a file is nothing for a terminal', { code: 'usage', hints });
  if (json === true)
    throw new UserError("the file and --json can't both go to the standard output", { code: 'usage', hints });
  return (chunk) =>
    new Promise((resolve, reject) => {
      process.stdout.write(chunk, (cause) => {
        if (!cause) resolve();
        else reject(unwritten(cause));
      });
    });
}

function unwritten(cause: Error): UserError {
  if ((cause as NodeJS.ErrnoException).code === 'EPIPE') {
    return new UserError('nobody reads the standard output any more', { code: 'unread', cause });
  }
  return new UserError(`the standard output can not be written: ${systemProblem(cause) ?? cause.message}`, { cause });
}

/** What stands where others have only a name. */
const OF_FILES: Readonly<Record<string, string>> = { import: 'FILE NAME', export: 'NAME FILE', diff: 'NAME [NAME]' };

/** It becomes a setting of a database, and is typed again. */
function checkedName(action: string, name: string | undefined): string {
  if (name !== undefined && /^[A-Za-z0-9][\w.-]{0,39}$/.test(name)) return name;
  const message = name === undefined ? `which snapshot is to ${action}?` : `"${name}" is no name for a snapshot`;
  throw new UserError(message, {
    code: 'usage',
    hints: [
      `devenv snapshot ${action} ${OF_FILES[action] ?? 'NAME'}; a name is of letters, digits, dots, _ and -, up to 40.`,
    ],
  });
}

function given(action: string, file: string | undefined): string {
  if (file !== undefined) return file;
  throw new UserError(`which file is to ${action}?`, {
    code: 'usage',
    hints: [action === 'export' ? 'devenv snapshot export [NAME] FILE' : 'devenv snapshot import FILE [NAME]'],
  });
}
