import { lineAt, lineOf, type TextFile } from '../files.ts';
import { type Evidence, type Finding, note, type ProcessFinding, Rank, type Role } from '../finding.ts';
import type { PythonProject } from './project.ts';

export type Make = (role: Role, name: string, command: string, evidence: Evidence) => ProcessFinding;

export function maker(project: PythonProject): Make {
  return (role, name, command, evidence) => ({
    kind: 'process',
    role,
    name,
    command: `${project.runner}${command}`,
    rank: Rank.develop,
    language: 'python',
    cwd: project.folder,
    evidence,
  });
}

/** `app = FastAPI(` in `app/main.py` is `app.main:app`. */
const SERVERS = [
  {
    library: 'fastapi',
    made: /^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:fastapi\.)?FastAPI\(/m,
    command: (app: string, folder: string) => `uvicorn ${folder}${app} --reload --port $PORT`,
    port: 8000,
  },
  {
    library: 'starlette',
    made: /^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*Starlette\(/m,
    command: (app: string, folder: string) => `uvicorn ${folder}${app} --reload --port $PORT`,
    port: 8000,
  },
  {
    library: 'flask',
    made: /^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:flask\.)?Flask\(/m,
    command: (app: string) => `flask --app ${app} run --debug --port $PORT`,
    port: 5000,
  },
] as const;

export function serverOf(project: PythonProject, sources: readonly TextFile[], make: Make): readonly Finding[] {
  for (const { library, made, command, port } of SERVERS) {
    const depends = project.dependency(library);
    if (!depends) continue;
    const file = sources.find(({ text }) => made.test(text));
    if (!file) {
      const factory = library === 'flask' ? sources.find(({ text }) => /^def create_app\(/m.test(text)) : undefined;
      if (!factory)
        return [note(`no ${library} app was found in the code; a process has to be written by hand`, depends)];
      return [
        withPort(
          make(
            'web',
            'web',
            command(moduleOf(project, factory.name).module, ''),
            at(factory, /^def create_app/m, 'create_app'),
          ),
          port,
        ),
      ];
    }
    const { module, folder } = moduleOf(project, file.name);
    const app = `${module}:${made.exec(file.text)?.[1] ?? 'app'}`;
    return [withPort(make('web', 'web', command(app, folder), at(file, made, library)), port)];
  }
  return [];
}

function withPort(process: ProcessFinding, value: number): ProcessFinding {
  return {
    ...process,
    port: { value, evidence: { ...process.evidence, what: `${process.evidence.what}'s own port` } },
  };
}

/** Code below `src` is imported without it. */
export function moduleOf(project: PythonProject, file: string): { readonly module: string; readonly folder: string } {
  const own = project.folder === '.' ? file : file.slice(project.folder.length + 1);
  const inside = own.startsWith('src/') ? own.slice(4) : own;
  const module = inside
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
  return { module, folder: inside === own ? '' : '--app-dir src ' };
}

export function at({ name, text }: TextFile, pattern: RegExp, what: string): Evidence {
  const line = lineOf(text, pattern) ?? lineAt(text, 0);
  return { file: name, line, what };
}
