import { openEnvironment } from '../../app/open.ts';
import { variablesText } from '../../app/variables-text.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import type { Variable, Variables } from '../../core/stack.ts';
import { nearest } from '../../lib/nearest.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions, text } from '../flags.ts';
import { type ShownVariable, shownVariable } from '../shown-variable.ts';

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
    const variable = shownVariable(known(stack.variables, name));
    terminal.print(options.json === true ? JSON.stringify(variable, null, 2) : explain(variable));
    return ExitCode.ok;
  }
  const chosen = [...stack.variables.values()].filter(
    (variable) => options.all === true || variable.winner.layer !== 'shell',
  );
  const lines = variablesText(chosen, text(options, 'format') ?? (options.json === true ? 'json' : 'dotenv'));
  if (lines !== '') terminal.print(lines);
  return ExitCode.ok;
}

function known(variables: Variables, name: string): Variable {
  const variable = variables.get(name);
  if (variable) return variable;
  const guess = nearest(name, [...variables.keys()]);
  throw new UserError(`no place gives a value for ${name}`, {
    code: 'usage',
    hints: guess ? [`Did you mean ${guess}?`] : [],
  });
}

function explain({ name, value, origin, losers }: ShownVariable): string {
  const lost = losers.map((loser) => `  lost: ${loser.origin}  ${loser.value}`);
  return [`${name}=${value}\n  won: ${origin}`, ...lost].join('\n');
}
