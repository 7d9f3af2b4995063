import { exampleEntries } from '../dotenv.ts';
import { folderOf, isBelow, lineAt, matching, type ProjectFiles, type TextFile } from '../files.ts';
import type { Evidence } from '../finding.ts';
import { JAVASCRIPT, readsOf, sourcesOf } from '../sources.ts';
import { type Framework, SERVER_LIBRARIES, SERVER_PORT } from './frameworks.ts';
import { type Package, packagesOf } from './packages.ts';
import type { Script } from './script.ts';

export interface FoundPort {
  readonly value: number;
  readonly evidence: Evidence;
  /** What makes the script listen on PORT. */
  readonly flags?: string;
  /** It listens there, whatever PORT says. */
  readonly fixed?: boolean;
}

/** Where a script's server listens; undefined for one that is no server, as far as can be seen. */
export function portOf(files: ProjectFiles, one: Package, script: Script): FoundPort | undefined {
  const { framework, port } = script;
  const evidence = one.script(script.name);
  if (framework) {
    // A port that the script names, as a flag or a variable, is in the way of the one that devenv gives.
    const flags = framework.readsPort && !port ? {} : { flags: framework.flags };
    if (!port) return { ...ownPort(files, one, framework, evidence), ...flags };
    return {
      value: port.value,
      evidence: { ...evidence, what: `${evidence.what} names port ${port.value}` },
      ...flags,
    };
  }
  if (port) return { value: port.value, evidence: { ...evidence, what: `${evidence.what} names port ${port.value}` } };
  const found = readPort(files, one) ?? libraryPort(one);
  return found && { ...found, ...(found.value === SERVER_PORT ? examplePort(files, one) : {}) };
}

/** `server: { proxy: { … }, port: 5180 }`, `devServer: { port: Number(process.env.PORT) || 5180 }` */
const SETTING =
  /\b(?:server|devServer)\s*:\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*?\bport\s*:\s*(?:[^,{}\n]*(?:\|\||\?\?)\s*)?(\d{2,5})\b/;

/** What the framework takes without flags and variables: what its settings say, else its own port. */
function ownPort(files: ProjectFiles, one: Package, framework: Framework, evidence: Evidence): FoundPort {
  const settings = framework.settings;
  for (const { name: file, text } of settings ? matching(files, /\.config\.[cm]?[jt]s$/) : []) {
    if (folderOf(file) !== one.folder || !settings?.test(file.slice(file.lastIndexOf('/') + 1))) continue;
    const found = SETTING.exec(text);
    if (!found) continue;
    const line = lineAt(text, found.index + found[0].length);
    return { value: Number(found[1]), evidence: { file, line, what: `names port ${found[1]}` } };
  }
  return { value: framework.port, evidence: { ...evidence, what: `${framework.name}'s own port` } };
}

const DEFAULTS = [
  /^PORT(?:['"]\])?\s*\)?\s*(?:\|\||\?\?|=)\s*(?:Number\()?['"]?(\d{2,5})/,
  /^PORT\s*:.*?default(?:\(|:\s*)['"]?(\d{2,5})/,
];
const LISTENS = /\.listen\(\s*(?:\{[^}]*?port:\s*)?(\d{2,5})\b/;

/** The code itself says that it listens on PORT, and where it does without one; or on which port it always does. */
function readPort(files: ProjectFiles, one: Package): FoundPort | undefined {
  const others = packagesOf(files).filter(({ folder }) => folder !== one.folder && isBelow(one.folder, folder));
  const own = sourcesOf(files, JAVASCRIPT).filter(
    ({ name }) => isBelow(one.folder, name) && !others.some(({ folder }) => isBelow(folder, name)),
  );
  for (const source of own) {
    const { name: file, text } = source;
    const found = readsOf(source).find(({ variable }) => variable === 'PORT');
    if (!found) continue;
    const after = text.slice(found.index, found.index + 120);
    const value = DEFAULTS.map((pattern) => pattern.exec(after)?.[1]).find((digits) => digits !== undefined);
    return {
      value: Number(value ?? SERVER_PORT),
      evidence: { file, line: lineAt(text, found.index), what: 'reads PORT' },
    };
  }
  return fixedPort(own);
}

function fixedPort(sources: readonly TextFile[]): FoundPort | undefined {
  for (const { name: file, text } of sources) {
    const found = LISTENS.exec(text);
    if (!found) continue;
    const evidence = { file, line: lineAt(text, found.index), what: `listens on ${found[1]}` };
    return { value: Number(found[1]), evidence, fixed: true };
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
