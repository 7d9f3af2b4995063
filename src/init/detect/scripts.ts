import { exampleEntries } from '../dotenv.ts';
import { folderOf, isBelow, lineAt, type ProjectFiles } from '../files.ts';
import { type Evidence, type Finding, note, type ProcessFinding, Rank, type Role } from '../finding.ts';
import { SERVER_LIBRARIES, SERVER_PORT } from '../js/frameworks.ts';
import { type Manager, managerOf } from '../js/manager.ts';
import { type Package, packagesOf } from '../js/packages.ts';
import { resolveScript, type Script } from '../js/script.ts';
import { sourcesOf } from '../sources.ts';
import type { Detector } from './detector.ts';

/** Scripts that run for as long as somebody develops; the first that is there counts. */
const DEVELOP = ['dev', 'develop', 'start:dev', 'dev:start', 'watch', 'serve'];
const START = ['start', 'start:prod'];
const WORKER =
  /^(?:dev[:-])?(worker|workers|queue|jobs|scheduler|consumer)(?:[:-](?:dev|start|watch))?$|^start[:-](worker|queue|jobs)$/;

/** The scripts of package.json that stay: web servers and workers, of every workspace too. */
export const detectScripts: Detector = (files) => {
  const packages = packagesOf(files);
  const manager = managerOf(files, packages);
  const found = packages.map((one) => ({ one, findings: processesOf(files, one, manager) }));
  const parts = found.some(({ one, findings }) => one.place === 'workspace' && findings.some(isDevelop));
  return found.flatMap(({ one, findings }) => {
    // The top one's script starts the workspaces' own, all in one: apart they can be restarted and watched.
    const repeats = parts && one.place === 'top';
    return repeats ? findings.map((finding) => (isDevelop(finding) ? leftToParts(finding) : finding)) : findings;
  });
};

function isDevelop(finding: Finding): finding is ProcessFinding {
  return finding.kind === 'process' && (finding.role === 'web' || finding.role === 'other');
}

function leftToParts({ evidence }: ProcessFinding): Finding {
  return note('left out: every workspace has a process of its own', evidence);
}

function processesOf(files: ProjectFiles, one: Package, manager: Manager): readonly Finding[] {
  const develop = DEVELOP.find((name) => one.scripts.has(name));
  const start = START.find((name) => one.scripts.has(name));
  const main = develop ?? start;
  const workers = [...one.scripts.keys()].filter((name) => WORKER.test(name));
  return [
    ...(main === undefined ? [] : mainProcess(files, one, manager, main, develop ? Rank.develop : Rank.start)),
    ...preferred(workers).map((name) =>
      process(one, manager, { role: 'worker', name: workerName(one, name), script: name }),
    ),
  ];
}

/** Of `worker` and `worker:dev` the one that is meant for development. */
function preferred(workers: readonly string[]): readonly string[] {
  const kind = (name: string) => WORKER.exec(name)?.slice(1).find(Boolean) ?? name;
  const kinds = [...new Set(workers.map(kind))];
  return kinds.flatMap((one) => {
    const same = workers.filter((name) => kind(name) === one);
    return same.find((name) => name.includes('dev')) ?? same.find((name) => name === one) ?? same[0] ?? [];
  });
}

function workerName(one: Package, script: string): string {
  const kind = WORKER.exec(script)?.slice(1).find(Boolean) ?? script;
  return one.place === 'top' ? kind : `${shortName(one)}-${kind}`;
}

function mainProcess(
  files: ProjectFiles,
  one: Package,
  manager: Manager,
  name: string,
  rank: number,
): readonly Finding[] {
  const script = resolveScript(one, name);
  if (!script) return [];
  const port = portOf(files, one, script);
  const own = one.place === 'top' ? (port ? 'web' : 'app') : shortName(one);
  const role: Role = port ? 'web' : 'other';
  const flags = port && !script.several ? (port.flags ?? '') : '';
  const finding = process(one, manager, { role, name: own, script: flags === '' ? name : script.name, rank, flags });
  return [port ? { ...finding, port } : finding, ...warnings(one, script)];
}

function shortName(one: Package): string {
  return (one.name ?? one.folder).split('/').at(-1) ?? 'app';
}

interface Wanted {
  readonly role: Role;
  readonly name: string;
  readonly script: string;
  readonly rank?: number;
  readonly flags?: string;
}

function process(one: Package, manager: Manager, wanted: Wanted): ProcessFinding {
  const { role, name, rank = Rank.develop, script, flags = '' } = wanted;
  const run = manager.script(one, script, flags);
  return { kind: 'process', role, name, rank, language: 'js', ...run, part: one.folder, evidence: one.script(script) };
}

interface FoundPort {
  readonly value: number;
  readonly evidence: Evidence;
  readonly flags?: string;
}

function portOf(files: ProjectFiles, one: Package, script: Script): FoundPort | undefined {
  const { framework, port } = script;
  const evidence = one.script(script.name);
  if (framework) {
    // A port that the script names, as a flag or a variable, is in the way of the one that devenv gives.
    const flags = framework.readsPort && !port ? {} : { flags: framework.flags };
    const says = port ? `${evidence.what} names port ${port.value}` : `${framework.name}'s own port`;
    return { value: port?.value ?? framework.port, evidence: { ...evidence, what: says }, ...flags };
  }
  if (port) return { value: port.value, evidence: { ...evidence, what: `${evidence.what} names port ${port.value}` } };
  const found = readPort(files, one) ?? libraryPort(one);
  return found && { ...found, ...(found.value === SERVER_PORT ? examplePort(files, one) : {}) };
}

const READS_PORT = /(?:process\.env|Bun\.env|import\.meta\.env)(?:\.PORT\b|\[['"]PORT['"]\])/;
const DEFAULT_PORT = /PORT(?:['"]\])?\s*\)?\s*(?:\|\||\?\?)\s*(?:Number\()?['"]?(\d{2,5})/;

/** The code itself says that it listens on PORT, and where it does without one. */
function readPort(files: ProjectFiles, one: Package): FoundPort | undefined {
  const others = packagesOf(files).filter(({ folder }) => folder !== one.folder && isBelow(one.folder, folder));
  const own = sourcesOf(files, /\.[cm]?[jt]sx?$/).filter(
    ({ name }) => isBelow(one.folder, name) && !others.some(({ folder }) => isBelow(folder, name)),
  );
  for (const { name, text } of own) {
    const found = READS_PORT.exec(text);
    if (!found) continue;
    const value = Number(DEFAULT_PORT.exec(text.slice(found.index, found.index + 80))?.[1] ?? SERVER_PORT);
    return { value, evidence: { file: name, line: lineAt(text, found.index), what: 'reads PORT' } };
  }
  return undefined;
}

function libraryPort(one: Package): FoundPort | undefined {
  const library = SERVER_LIBRARIES.find((name) => one.dependsOn(name));
  return library && { value: SERVER_PORT, evidence: one.dependency(library) };
}

/** `PORT=4000` in .env.example is what people have got used to. */
function examplePort(files: ProjectFiles, one: Package): Partial<FoundPort> {
  const entry = exampleEntries(files).find(({ file, name }) => name === 'PORT' && folderOf(file) === one.folder);
  const value = Number(entry?.value);
  if (!entry || !(value >= 1 && value <= 65_535)) return {};
  return { value, evidence: { file: entry.file, line: entry.line, what: 'PORT' } };
}

function warnings(one: Package, { port, framework, several, name }: Script): readonly Finding[] {
  if (!port || (framework && !several)) return [];
  const text = `has port ${port.value} fixed: PORT has to count for more, or two checkouts are in each other's way`;
  return [note(text, one.script(name))];
}
