import { openEnvironment } from '../../app/open.ts';
import { variableNames } from '../../app/own-values.ts';
import { isShellName, variablesText } from '../../app/variables-text.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import type { Stack } from '../../core/stack.ts';
import { nearest } from '../../lib/nearest.ts';
import type { ShownVariable } from '../../tui/context.ts';
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
    const explained = shownVariable(stack, name);
    if (!explained.shared && explained.own.length === 0) throw unknown(stack, name);
    const json = () => JSON.stringify(explanationJson(explained), null, 2);
    terminal.print(options.json === true ? json() : explanationText(explained));
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
function explanationJson({ name, shared, losers, own }: ShownVariable) {
  const { value = null, origin = null } = shared ?? {};
  return { name, value, origin, losers, own };
}

function explanationText({ name, shared, losers, own }: ShownVariable): string {
  const lines = shared
    ? [`${name}=${shared.value}`, `  won: ${shared.origin}`]
    : [`${name} has a value for single ones only`];
  const lost = losers.map((loser) => `  lost: ${loser.origin}  ${loser.value}`);
  return [...lines, ...lost, ...own.map((one) => `  ${one.target}: ${one.origin}  ${one.value}`)].join('\n');
}

function unknown(stack: Stack, name: string): UserError {
  const guess = nearest(name, variableNames(stack));
  return new UserError(`no place gives a value for ${name}`, {
    code: 'usage',
    hints: guess ? [`Did you mean ${guess}?`] : [],
  });
}
