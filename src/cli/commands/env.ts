import { openEnvironment } from '../../app/open.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import { maskUrl } from '../../core/secret.ts';
import type { Variable, VariableSource, Variables } from '../../core/stack.ts';
import { nearest } from '../../lib/nearest.ts';
import type { CommandContext } from '../command.ts';
import { silent } from '../display.ts';
import { commonOptions, text } from '../flags.ts';

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
  const lines = format(chosen, text(options, 'format') ?? 'dotenv');
  if (lines !== '') terminal.print(lines);
  return ExitCode.ok;
}

function format(variables: readonly Variable[], name: string): string {
  const pairs = variables.map((variable) => [variable.name, variable.value.reveal()] as const);
  if (name === 'json') return JSON.stringify(Object.fromEntries(pairs), null, 2);
  if (name === 'shell') return pairs.map(([key, value]) => `export ${key}=${shellQuoted(value)}`).join('\n');
  return pairs.map(([key, value]) => `${key}=${dotenvQuoted(value)}`).join('\n');
}

/** POSIX: inside single quotes nothing is special. */
function shellQuoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** Readable by dotenv and by compose: bare where possible, else in the quotes that the value doesn't hold. */
function dotenvQuoted(value: string): string {
  if (/^[\w./:@%+,=?&~-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  if (!value.includes('`')) return `\`${value}\``;
  return `"${value.replaceAll('\n', '\\n')}"`;
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
  const winner = `${name}=${maskUrl(variable.value.reveal())}\n  won: ${describe(variable.winner)}`;
  return [
    winner,
    ...variable.losers.map((loser) => `  lost: ${describe(loser)}  ${maskUrl(loser.value.reveal())}`),
  ].join('\n');
}

function describe({ layer, place }: VariableSource): string {
  return layer === place ? layer : `${layer} (${place})`;
}
