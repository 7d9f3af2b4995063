import { openEnvironment } from '../../app/open.ts';
import { ownValues, variableNames } from '../../app/own-values.ts';
import { isShellName, variablesText } from '../../app/variables-text.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import { maskVariable } from '../../core/secret.ts';
import type { Stack } from '../../core/stack.ts';
import { nearest } from '../../lib/nearest.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions, text } from '../flags.ts';
import { origin, shownVariable } from '../shown-variable.ts';

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
    terminal.print(explain(stack, name));
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

/** What all get, and who gets something else instead. */
function explain(stack: Stack, name: string): string {
  const variable = stack.variables.get(name);
  const own = ownValues(stack, name).map(
    ({ target, value, from }) =>
      `  ${target}: ${typeof from === 'string' ? from : origin(from)}  ${maskVariable(name, value.reveal())}`,
  );
  if (!variable && own.length === 0) throw unknown(stack, name);
  if (!variable) return [`${name} has a value for single ones only`, ...own].join('\n');
  const shown = shownVariable(variable);
  const lost = shown.losers.map((loser) => `  lost: ${loser.origin}  ${loser.value}`);
  return [`${name}=${shown.value}`, `  won: ${shown.origin}`, ...lost, ...own].join('\n');
}

function unknown(stack: Stack, name: string): UserError {
  const guess = nearest(name, variableNames(stack));
  return new UserError(`no place gives a value for ${name}`, {
    code: 'usage',
    hints: guess ? [`Did you mean ${guess}?`] : [],
  });
}
