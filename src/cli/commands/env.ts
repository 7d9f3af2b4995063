import { openEnvironment } from '../../app/open.ts';
import { isShellName, variablesText } from '../../app/variables-text.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import type { Variables } from '../../core/stack.ts';
import { nearest } from '../../lib/nearest.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions, text } from '../flags.ts';
import { shownVariable } from '../shown-variable.ts';

export async function run(context: CommandContext): Promise<number> {
  const { args, options, terminal } = context;
  const [word, name] = args;
  if (word !== undefined && (word !== 'why' || name === undefined)) {
    throw new UserError(`devenv env ${args.join(' ')} is not a command`, {
      code: 'usage',
      hints: ['devenv env why VARIABLE'],
    });
  }
  const { stack } = await openEnvironment(commonOptions(context, silent));
  if (name !== undefined) {
    terminal.print(explain(stack.variables, name));
    return ExitCode.ok;
  }
  const chosen = [...stack.variables.values()].filter(
    (variable) => options.all === true || variable.winner.layer !== 'shell',
  );
  const format = text(options, 'format') ?? 'dotenv';
  const usable = chosen.filter(({ name }) => format !== 'shell' || isShellName(name));
  for (const { name } of chosen.filter((variable) => !usable.includes(variable))) {
    terminal.tell(`${name} is left out: no shell can have a variable of that name.`);
  }
  const lines = variablesText(usable, format);
  if (lines !== '') terminal.print(lines);
  return ExitCode.ok;
}

function explain(variables: Variables, name: string): string {
  const variable = variables.get(name);
  if (!variable) {
    const guess = nearest(name, [...variables.keys()]);
    throw new UserError(`no place gives a value for ${name}`, {
      code: 'usage',
      hints: guess ? [`Did you mean ${guess}?`] : [],
    });
  }
  const { value, origin, losers } = shownVariable(variable);
  const lost = losers.map((loser) => `  lost: ${loser.origin}  ${loser.value}`);
  return [`${name}=${value}\n  won: ${origin}`, ...lost].join('\n');
}
