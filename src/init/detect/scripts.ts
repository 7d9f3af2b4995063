import type { ProjectFiles } from '../files.ts';
import { type Finding, fixedPortNote, note, type ProcessFinding, Rank, type Role } from '../finding.ts';
import { type MainScript, mainScript } from '../js/main-script.ts';
import { type Manager, managerOf } from '../js/manager.ts';
import { type Package, packagesOf } from '../js/packages.ts';
import { type FoundPort, portOf } from '../js/port.ts';
import { resolveScript, type Script } from '../js/script.ts';
import type { Detector } from './detector.ts';

const WORKER =
  /^(?:dev[:-])?(worker|workers|queue|jobs|scheduler|consumer)(?:[:-](?:dev|start|watch))?$|^start[:-](worker|queue|jobs)$/;

/** The scripts of package.json that stay: web servers and workers, of every workspace too. */
export const detectScripts: Detector = (files) => {
  const packages = packagesOf(files);
  const manager = managerOf(files, packages);
  const found = packages.map((one) => ({ one, findings: processesOf(files, one, manager) }));
  const parts = found.filter(({ one, findings }) => one.place === 'workspace' && findings.some(isDevelop));
  return found.flatMap(({ one, findings }) => {
    // The top one's script starts the workspaces' own, all in one: apart they can be restarted and watched.
    if (parts.length === 0 || one.place !== 'top') return findings;
    const folders = parts.map(({ one: { folder } }) => folder);
    return findings.map((finding) => (isDevelop(finding) ? leftToParts(finding, folders) : finding));
  });
};

function isDevelop(finding: Finding): finding is ProcessFinding {
  return finding.kind === 'process' && (finding.role === 'web' || finding.role === 'other');
}

/** As many as a line has room for. */
const ENOUGH = 6;

function leftToParts({ evidence }: ProcessFinding, folders: readonly string[]): Finding {
  const more = folders.length > ENOUGH ? ` and ${folders.length - ENOUGH} more` : '';
  return note(`left out: there are processes for ${folders.slice(0, ENOUGH).join(', ')}${more}`, evidence);
}

function processesOf(files: ProjectFiles, one: Package, manager: Manager): readonly Finding[] {
  const main = mainScript(one.scripts);
  const workers = [...one.scripts.keys()].filter((name) => WORKER.test(name));
  return [
    ...(main === undefined ? [] : mainProcess(files, one, manager, main)),
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
  { name, rank }: MainScript,
): readonly Finding[] {
  const script = resolveScript(one, name);
  if (!script) return [];
  const port = portOf(files, one, script);
  const own = one.place === 'top' ? (port ? 'web' : 'app') : shortName(one);
  const role: Role = port ? 'web' : 'other';
  const flags = port && !script.several ? (port.flags ?? '') : '';
  const finding = process(one, manager, { role, name: own, script: flags === '' ? name : script.name, rank, flags });
  if (!port) return [finding, ...warnings(one, script)];
  return [{ ...finding, port: { value: port.value, evidence: port.evidence } }, ...warnings(one, script, port)];
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

function warnings(one: Package, { port, framework, several, name }: Script, found?: FoundPort): readonly Finding[] {
  if (found?.fixed) return [fixedPortNote(found.evidence)];
  return port && (!framework || several) ? [fixedPortNote(one.script(name))] : [];
}
