import { type Status, status } from '../../app/status.ts';
import { ExitCode } from '../../core/errors.ts';
import { table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const found = await status(commonOptions(context, silent));
  context.terminal.print(context.options.json === true ? JSON.stringify(found, null, 2) : asText(found));
  return ExitCode.ok;
}

function asText({ environment, services, processes }: Status): string {
  const { project, branch, path, runtime, id } = environment;
  const rows = [
    ...services.map(({ name, state, engine, version, url }) => [name, state, `${engine} ${version}`, url ?? '']),
    ...processes.map(({ name, state, pid, url }) => [name, state, pid === null ? '' : `pid ${pid}`, url ?? '']),
  ];
  const cutOff = services.flatMap((one) => (one.cutOff === null ? [] : [`${one.name}: ${one.cutOff} by devenv up`]));
  return [`${project}${branch ? ` (${branch})` : ''}  ${path}  ${runtime}, ${id}`, table(rows), ...cutOff].join('\n');
}
