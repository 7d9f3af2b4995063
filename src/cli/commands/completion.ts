import { completionNames, NAME_KINDS, type NameKind } from '../../app/completion-names.ts';
import { ExitCode, UserError } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { commands } from '../commands.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { verbModels } from '../completion/model.ts';
import { zshScript } from '../completion/zsh.ts';
import { text, workingFolder } from '../flags.ts';

const SCRIPTS: Readonly<Record<string, typeof bashScript>> = { bash: bashScript, zsh: zshScript, fish: fishScript };

export async function run({ args, options, terminal }: CommandContext): Promise<number> {
  const kind = text(options, 'names');
  if (kind !== undefined) {
    const lines = await nameLines(kind, options).catch(() => '');
    if (lines !== '') terminal.print(lines);
    return ExitCode.ok;
  }
  const script = SCRIPTS[args[0] ?? ''];
  if (!script) {
    throw new UserError('for which shell?', {
      code: 'usage',
      hints: Object.keys(SCRIPTS).map((shell) => `devenv completion ${shell}`),
    });
  }
  terminal.print(script(verbModels(commands)).trimEnd());
  return ExitCode.ok;
}

/** Somebody is in the middle of a line: whatever is wrong, there is just nothing to offer. */
async function nameLines(kind: string, options: CommandContext['options']): Promise<string> {
  if (!isNameKind(kind)) return '';
  const cwd = text(options, 'cwd') ?? workingFolder();
  const tier = text(options, 'tier') ?? 'development';
  const names = await withoutOutput(() => completionNames(kind, { cwd, tier }));
  return names
    .filter(({ name }) => SAFE.test(name))
    .map(line)
    .join('\n');
}

function isNameKind(kind: string): kind is NameKind {
  return (NAME_KINDS as readonly string[]).includes(kind);
}

/** A shell inserts it as it is. */
const SAFE = /^\w[\w.-]*$/;

function line({ name, about }: { readonly name: string; readonly about: string }): string {
  return about === '' ? name : `${name}\t${about.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 80)}`;
}

/** What a configuration in TypeScript prints while it loads is no name. */
async function withoutOutput<T>(work: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
