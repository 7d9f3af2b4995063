import { Argument, Command, CommanderError, Option } from 'commander';
import { ExitCode } from '../core/errors.ts';
import { maskKeys } from '../core/guard/find.ts';
import type { ArgumentSpec, CommandSpec, Flags, OptionSpec, Terminal } from './command.ts';
import { BEFORE_VERB, spellings, takesValue } from './flags.ts';

declare const DEVENV_VERSION: string;

export interface Call {
  readonly command: CommandSpec;
  readonly args: readonly string[];
  readonly options: Flags;
}

/** Either a call, or, when commander answered itself (help, a wrong flag), how to exit. */
export async function parse(
  specs: readonly CommandSpec[],
  argv: readonly string[],
  terminal: Terminal,
): Promise<Call | { readonly exitCode: number }> {
  let call: Call | null = null;
  const program = new Command('devenv')
    .description('A whole environment for every checkout: real engines, its own data, its own ports.')
    .version(DEVENV_VERSION, '-V, --version')
    .addHelpText(
      'after',
      `\n${BEFORE_VERB.map((spec) => spellings(spec).join(', ')).join('; ')}: also before the command.`,
    )
    .enablePositionalOptions()
    .showHelpAfterError('(devenv --help shows every command)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      // It quotes what it doesn't know.
      writeErr: (text) => terminal.tell(maskKeys(text.trimEnd())),
    });
  for (const spec of specs) {
    const command = build(spec, (args, options) => {
      call = { command: spec, args, options };
    });
    program.addCommand(command.copyInheritedSettings(program).showHelpAfterError(`(devenv ${spec.name} --help)`));
  }
  try {
    await program.parseAsync(verbFirst(argv), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? ExitCode.ok : ExitCode.usage };
    throw error;
  }
  return call ?? { exitCode: ExitCode.usage };
}

/** Flags that stand before the verb are read as if they stood behind it: a verb that lacks one says so itself. */
function verbFirst(argv: readonly string[]): string[] {
  let at = 0;
  while (at < argv.length) {
    const word = argv[at] ?? '';
    const spec = BEFORE_VERB.find((one) => spellings(one).includes(word.replace(/=.*/s, '')));
    if (!spec) break;
    at += takesValue(spec) && !word.includes('=') ? 2 : 1;
  }
  const [verb, ...rest] = argv.slice(at);
  return verb === undefined || verb.startsWith('-') ? [...argv] : [verb, ...argv.slice(0, at), ...rest];
}

function build(spec: CommandSpec, onCall: (args: readonly string[], options: Flags) => void): Command {
  const command = new Command(spec.name).description(spec.summary).addHelpText('after', footer(spec));
  for (const argument of spec.arguments ?? []) command.addArgument(buildArgument(argument));
  for (const option of spec.options) command.addOption(buildOption(option));
  if (spec.passThrough) command.passThroughOptions().allowUnknownOption();
  return command.action((...given: unknown[]) => {
    const [options, self] = given.slice(-2) as [Flags, Command];
    onCall(self.args, options);
  });
}

function buildArgument({ name, description, choices }: ArgumentSpec): Argument {
  const argument = new Argument(name, description);
  return choices ? argument.choices([...choices]) : argument;
}

function buildOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.description);
  if (spec.choices) option.choices([...spec.choices]);
  if (spec.conflicts) option.conflicts([...spec.conflicts]);
  if (spec.hidden) option.hideHelp();
  if (spec.repeatable) option.argParser((value: string, before: readonly string[] = []) => [...before, value]);
  return option;
}

const MEANING: Readonly<Record<string, string>> = {
  ok: 'done',
  bug: 'a bug in devenv',
  usage: 'wrong usage or configuration',
  noRuntime: 'no engine, or it lacks what is asked for',
  failed: 'something did not start, ended badly, or is wrong',
  refused: 'refused, to keep data safe',
  timeout: 'not ready in time',
  hungUp: 'the terminal went away',
  unread: 'nobody reads the output any more',
  interrupted: 'Ctrl-C',
  terminated: 'SIGTERM',
};

function footer(spec: CommandSpec): string {
  const width = Math.max(...spec.examples.map(([command]) => command.length));
  const examples = spec.examples.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`);
  const names = ['ok', 'bug', 'usage', ...spec.exitCodes] as const;
  const codes = [...new Set(names)].map((name) => `  ${String(ExitCode[name]).padEnd(4)}${MEANING[name] ?? name}`);
  const others = spec.passThrough ? ['  *   that of the program'] : [];
  return ['', 'Examples:', ...examples, '', 'Exit codes:', ...codes, ...others].join('\n');
}
