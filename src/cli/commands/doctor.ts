import { realpath } from 'node:fs/promises';
import type { Finding, Status } from '../../app/doctor/finding.ts';
import { doctor } from '../../app/doctor/index.ts';
import { ExitCode } from '../../core/errors.ts';
import { packageFolder } from '../../lib/installation.ts';
import type { CommandContext } from '../command.ts';
import { text, workingFolder } from '../flags.ts';

export async function run({ options, terminal, signal }: CommandContext): Promise<number> {
  if (options.installation === true) {
    terminal.print(await realpath(packageFolder()));
    return ExitCode.ok;
  }
  const cwd = text(options, 'cwd') ?? workingFolder();
  const findings = await doctor({ cwd, env: process.env, fix: options.fix === true, signal });
  if (options.json === true) terminal.print(JSON.stringify(findings, null, 2));
  else {
    // A pipe gets no colours, though messages may still go to a terminal.
    const color = terminal.color && Boolean(process.stdout.isTTY);
    terminal.print(findings.map((finding) => lines(finding, color)).join('\n'));
    terminal.tell(summary(findings));
  }
  return findings.some(({ status }) => status === 'problem') ? ExitCode.failed : ExitCode.ok;
}

const INDENT = ' '.repeat(23);
const COLORS: Readonly<Record<Status, number>> = { ok: 32, warning: 33, problem: 31 };

function lines({ check, status, what, why, mend, fixed }: Finding, color: boolean): string {
  const word = status.padEnd(9);
  const head = `${color ? `\u001b[${COLORS[status]}m${word}\u001b[0m` : word}${check.padEnd(14)}`;
  const text = what.split('\n').join(`\n${INDENT}`);
  if (fixed !== null) return `${head}${text}\n${INDENT}mended: ${fixed}`;
  const more = status === 'ok' ? [] : [...(why === null ? [] : [why]), ...(mend === null ? [] : [`mend: ${mend}`])];
  return [`${head}${text}`, ...more.map((line) => `${INDENT}${line}`)].join('\n');
}

function summary(findings: readonly Finding[]): string {
  const count = (status: Status) => findings.filter((finding) => finding.status === status).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  const fixable = findings.some((finding) => finding.fixable && finding.fixed === null);
  if (problems + warnings === 0) return 'Everything is fine.';
  const hint = fixable ? ' devenv doctor --fix mends what is safe.' : '';
  return `${plural(problems, 'problem')}, ${plural(warnings, 'warning')}.${hint}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
