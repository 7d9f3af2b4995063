import { guard } from '../../app/guard/index.ts';
import type { GuardFind, GuardReport } from '../../app/guard/report.ts';
import { letInLog } from '../../app/let-in-log.ts';
import { ExitCode } from '../../core/errors.ts';
import { table } from '../../display/words.ts';
import type { CommandContext } from '../command.ts';
import { teller } from '../display.ts';
import { text, workingFolder } from '../flags.ts';

export async function run(context: CommandContext): Promise<number> {
  const { options, terminal } = context;
  if (options.log === true) return showLog(context);
  const cwd = text(options, 'cwd') ?? workingFolder();
  const report = await guard({ cwd, staged: options.staged === true, base: text(options, 'base') ?? null });
  const { finds, failures } = report;
  const isBad = finds.length + failures.length > 0;
  if (options.json === true) terminal.print(JSON.stringify(report, null, 2));
  else {
    if (finds.length > 0) terminal.print(table(finds.map(cells)));
    for (const { file, why } of failures) terminal.tell(`Not read: ${why.startsWith(file) ? why : `${file}: ${why}`}`);
    (isBad ? terminal.tell : teller(context))(summary(report));
  }
  return isBad ? ExitCode.failed : ExitCode.ok;
}

async function showLog(context: CommandContext): Promise<number> {
  const all = await letInLog();
  if (context.options.json === true) context.terminal.print(JSON.stringify(all, null, 2));
  else if (all.length === 0) teller(context)('--allow-live has let no live key in yet.');
  else
    context.terminal.print(
      table(
        all.map(({ time, verb, variable, place, provider, starts, path }) => [
          time,
          verb,
          `${variable} (${place})`,
          provider,
          `${starts}…`,
          path,
        ]),
      ),
    );
  return ExitCode.ok;
}

function cells({ file, line, variable, provider, starts, commit, fromShell }: GuardFind): readonly string[] {
  const where = [...(commit === null ? [] : [`in ${commit}`]), ...(fromShell ? ['of the shell'] : [])];
  return [`${file}:${line}`, variable ?? '-', provider, `${starts}…`, ...where];
}

function summary({ finds, failures, accepted, files }: GuardReport): string {
  const looked = `${count(files, 'file')} looked through${accepted === 0 ? '' : `, ${count(accepted, 'key')} accepted`}`;
  if (finds.length + failures.length === 0) return `No live key: ${looked}.`;
  const found = finds.length === 0 ? 'No live key found, but not everything was read' : count(finds.length, 'live key');
  const hints = [
    'Take it out, and replace it at its provider where somebody else may have seen it.',
    `What is no secret is accepted by a comment on its line: ${MARK}`,
  ];
  return [`${found}: ${looked}.`, ...(finds.length === 0 ? [] : hints)].join('\n  ');
}

const MARK = 'devenv-guard: allow';

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
