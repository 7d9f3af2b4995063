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
import { origin, type ShownVariable, shownVariable } from '../shown-variable.ts';

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
    const explained = explain(stack, name);
    terminal.print(options.json === true ? JSON.stringify(explained, null, 2) : explanationText(explained));
    return ExitCode.ok;
  }
  const chosen = [...stack.variables.values()].filter(
    (variable) => options.all === true || variable.winner.layer !== 'shell',
  );
  const format = text(options, 'format') ?? (options.json === true ? 'json' : 'dotenv');
  const usable = chosen.filter(({ name }) => format !== 'shell' || isShellName(name));
  for (const { name } of chosen.filter((variable) => !usable.includes(variable))) {
    terminal.tell(`${name} is left out: no shell can have a variable of that name.`);
  }
  const lines = variablesText(usable, format);
  if (lines !== '') terminal.print(lines);
  return ExitCode.ok;
}

/** `env why --json`. What all get is null for a variable that single services or processes get only. */
interface Explanation extends Pick<ShownVariable, 'name' | 'losers'> {
  readonly value: string | null;
  readonly origin: string | null;
  readonly own: readonly { readonly target: string; readonly value: string; readonly origin: string }[];
}

/** What all get, and who gets something else instead. */
function explain(stack: Stack, name: string): Explanation {
  const variable = stack.variables.get(name);
  const own = ownValues(stack, name).map(({ target, value, from }) => ({
    target,
    value: maskVariable(name, value.reveal()),
    origin: typeof from === 'string' ? from : origin(from),
  }));
  if (!variable && own.length === 0) throw unknown(stack, name);
  return variable ? { ...shownVariable(variable), own } : { name, value: null, origin: null, losers: [], own };
}

function explanationText({ name, value, origin: won, losers, own }: Explanation): string {
  const shared = value === null ? [`${name} has a value for single ones only`] : [`${name}=${value}`, `  won: ${won}`];
  const lost = losers.map((loser) => `  lost: ${loser.origin}  ${loser.value}`);
  return [...shared, ...lost, ...own.map((one) => `  ${one.target}: ${one.origin}  ${one.value}`)].join('\n');
}

function unknown(stack: Stack, name: string): UserError {
  const guess = nearest(name, variableNames(stack));
  return new UserError(`no place gives a value for ${name}`, {
    code: 'usage',
    hints: guess ? [`Did you mean ${guess}?`] : [],
  });
}
