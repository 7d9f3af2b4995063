import { resolve } from 'node:path';
import { type InitResult, init } from '../../app/init.ts';
import { type HookResult, initHook } from '../../app/init-hook.ts';
import { initTemplate, type TemplateResult } from '../../app/init-template.ts';
import { ExitCode } from '../../core/errors.ts';
import { basisTable, formatNote } from '../../display/init.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { CommandContext } from '../command.ts';
import { displayFor, silent, teller } from '../display.ts';
import { commonOptions, text } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const { args, options, terminal, signal } = context;
  const { cwd } = commonOptions(context, silent);
  const folder = args[0] ?? null;
  const template = text(options, 'template');
  const dryRun = options.dryRun === true;
  if (options.hook === true) {
    const result = await initHook(resolve(cwd, folder ?? '.'), dryRun);
    if (options.json === true) terminal.print(JSON.stringify(result, null, 2));
    else for (const line of hookLines(result, dryRun)) teller(context)(line);
    return ExitCode.ok;
  }
  if (template !== undefined) {
    const result = await initTemplate({ cwd, template, folder, dryRun });
    if (options.json === true) terminal.print(JSON.stringify(result, null, 2));
    else for (const line of templateLines(result)) teller(context)(line);
    return ExitCode.ok;
  }
  const emit = options.json === true ? silent : displayFor(context);
  const result = await init({ cwd: resolve(cwd, folder ?? '.'), dryRun, emit, signal });
  if (options.json === true) terminal.print(JSON.stringify(result, null, 2));
  else report(context, result);
  return ExitCode.ok;
}

/** With `--dry-run` the file is the result, and everything else a message. */
function report(context: CommandContext, result: InitResult): void {
  const tell = teller(context);
  const { written, existing, file, basedOn, notes, text: content } = result;
  if (!written) context.terminal.print(content.trimEnd());
  if (existing !== null) tell(`${existing} describes this folder already, so init would refuse; without it:`);
  const nothing = basedOn.length === 0;
  if (nothing) tell('Nothing was found here that tells how this project runs.');
  else tell(`${written ? `${file} is written` : `${file} would be written`}, based on:\n${basisTable(basedOn)}`);
  if (nothing && written) tell(`${file} is written, with an example in it.`);
  if (notes.length > 0) tell(`Not taken over:\n${notes.map((note) => `  ${formatNote(note)}`).join('\n')}`);
  for (const line of nextLines(result)) tell(line);
}

function nextLines({ written, basedOn, unset, ignored }: InitResult): readonly string[] {
  const names = unset.map(({ name }) => name);
  const more = names.length > 6 ? `, and ${names.length - 6} more` : '';
  const lines = names.length === 0 ? [] : [`Without a value, for .env: ${names.slice(0, 6).join(', ')}${more}`];
  const state = ignored?.state;
  switch (state) {
    case 'created':
    case 'added':
      lines.push(`.gitignore has ${ignored?.pattern} now.`);
      break;
    case 'failed':
      lines.push(`.gitignore could not be changed (${ignored?.why}); add ${ignored?.pattern} to it.`);
      break;
    case 'present':
    case undefined:
      break;
    default:
      state satisfies never;
  }
  if (!written) return lines;
  return [
    ...lines,
    basedOn.length === 0 ? 'Fill it in, then: devenv up' : 'Go on with: devenv up --dry-run, then devenv up',
    'So that no live key is committed: devenv init --hook',
  ];
}

function hookLines({ state, file, line, why }: HookResult, dryRun: boolean): readonly string[] {
  switch (state) {
    case 'written':
      return [`${file} ${dryRun ? 'would look' : 'looks'} for live keys before each commit: ${line}`];
    case 'present':
      return [`${file} has it already: ${line}`];
    case 'not run':
      return [`${file} has it already, but git doesn't run it: ${why}`];
    case 'to add':
      return [`${file} is left as it is: ${why}. What belongs into it:`, `  ${line}`];
    default:
      return state satisfies never;
  }
}

function templateLines({ template, folder, written, git, next, name }: TemplateResult): readonly string[] {
  if (!written) return [`The ${template} template would be copied to ${folder}, as the project ${name}.`];
  return [
    `The ${template} template is in ${folder}, as the project ${name}.`,
    ...(git === 'created' || git === 'inside another' ? [] : [`Without a git repository: ${git}`]),
    `Go on with: cd ${shellWord(folder)} && ${next.join(' && ')}`,
  ];
}
