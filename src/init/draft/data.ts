import { isBelow } from '../files.ts';
import type { Finding, Line, MigrationsFinding } from '../finding.ts';
import type { DraftProcess } from './processes.ts';
import type { DraftService } from './services.ts';

/** How an empty database gets its content; nothing where that isn't told, or where it isn't told of which database. */
export function draftData(
  findings: readonly Finding[],
  services: readonly DraftService[],
  processes: readonly DraftProcess[],
): readonly Line[] {
  const databases = services.filter(({ engine }) => engine === 'postgres');
  const migrations = processes.filter(({ once }) => once);
  // Variables of a process alone are not there for what loads the data.
  if (databases.length !== 1 || migrations.length === 0 || migrations.some((one) => told(one, 'env'))) return [];
  const folders = findings
    .filter((finding): finding is MigrationsFinding => finding.kind === 'migrations')
    .filter(({ folder }) => migrations.some(({ part }) => isBelow(part, folder)));
  const run = migrations.map((one) => commandLine(one, migrations.length > 1)).join(' && ');
  const inner: Line[] = [{ key: 'run', value: run, because: [] }];
  if (folders.length > 0) inner.push({ key: 'files', value: folders.map(({ folder }) => `${folder}/**`), because: [] });
  const value = Object.fromEntries(inner.map((line) => [line.key, line.value]));
  return [{ key: 'migrate', value, because: migrations.flatMap(({ because }) => because), inner }];
}

/** As it is run from the top. */
function commandLine(process: DraftProcess, oneOfSeveral: boolean): string {
  const [command, cwd] = [String(told(process, 'command')), told(process, 'cwd')];
  if (cwd === undefined) return command;
  const line = `cd '${String(cwd).replaceAll("'", `'\\''`)}' && ${command}`;
  return oneOfSeveral ? `(${line})` : line;
}

function told({ lines }: DraftProcess, key: string): unknown {
  return lines.find((line) => line.key === key)?.value;
}
