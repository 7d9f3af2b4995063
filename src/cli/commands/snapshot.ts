import { listData } from '../../app/data/list.ts';
import { actOnSnapshot } from '../../app/data/snapshot.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';
import { printCopies } from './data.ts';

const DONE = {
  save: (name: string) => `is kept as ${name}`,
  restore: (name: string) => `is as in ${name}; devenv undo takes that back`,
  rm: (name: string) => `has no snapshot ${name} any more`,
} as const;

type Action = keyof typeof DONE;

export async function run(context: CommandContext): Promise<number> {
  const { args, options, terminal } = context;
  const [action = 'ls', name] = args as [Action | 'ls' | undefined, string | undefined];
  const common = commonOptions(context, silent);
  if (action === 'ls') {
    const state = await listData(common);
    printCopies(context, { ...state, copies: state.copies.filter(({ kind }) => kind === 'snapshot') });
    return ExitCode.ok;
  }
  const given = checkedName(action, name);
  const result = await actOnSnapshot(action, given, common);
  const text = `${result.service}: ${result.database} ${DONE[action](given)}.`;
  terminal.print(options.json === true ? JSON.stringify(result, null, 2) : text);
  return ExitCode.ok;
}

/** It becomes a setting of a database, and is typed again. */
function checkedName(action: Action, name: string | undefined): string {
  if (name !== undefined && /^[A-Za-z0-9][\w.-]{0,39}$/.test(name)) return name;
  const message = name === undefined ? `which snapshot is to ${action}?` : `"${name}" is no name for a snapshot`;
  throw new UserError(message, {
    code: 'usage',
    hints: [`devenv snapshot ${action} NAME; letters, digits, dots, _ and -, up to 40.`],
  });
}
