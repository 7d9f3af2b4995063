import { folderOf, inFolder, isBelow, lineAt, lineOf, matching, type ProjectFiles, type TextFile } from '../files.ts';
import { type Evidence, type Finding, mockFindings, note, type ProcessFinding, Rank, type Role } from '../finding.ts';
import { sourcesOf } from '../sources.ts';
import type { Detector } from './detector.ts';

const POSTGRES =
  /github\.com\/(jackc\/pgx|lib\/pq|go-pg\/pg)|gorm\.io\/driver\/postgres|github\.com\/uptrace\/bun\/driver\/pgdriver/;
const REDIS = /github\.com\/(redis\/go-redis|go-redis\/redis|gomodule\/redigo|hibiken\/asynq|redis\/rueidis)/;
const AI = /github\.com\/(openai\/openai-go|sashabaranov\/go-openai|anthropics\/anthropic-sdk-go)/;
const PAYMENTS = /github\.com\/stripe\/stripe-go/;
const MYSQL = /github\.com\/go-sql-driver\/mysql|gorm\.io\/driver\/mysql/;

/** go.mod, and the programs beside it. */
export const detectGo: Detector = (files) =>
  matching(files, /(^|\/)go\.mod$/).flatMap((module) => [
    ...nameOfModule(module),
    ...needsOf(module),
    ...programsOf(files, folderOf(module.name)),
  ]);

function nameOfModule({ name: file, text }: TextFile): readonly Finding[] {
  const path = /^module\s+(\S+)/m.exec(text)?.[1]?.replace(/\/v\d+$/, '');
  const evidence = { file, line: lineOf(text, /^module\s/m) ?? 1, what: 'module' };
  return path === undefined || file !== 'go.mod' ? [] : [{ kind: 'name', value: path, evidence }];
}

function needsOf({ name: file, text }: TextFile): readonly Finding[] {
  const required = (pattern: RegExp): Evidence | undefined => {
    const line = lineOf(text, pattern);
    return line === undefined ? undefined : { file, line, what: `requires ${pattern.exec(text)?.[0]}` };
  };
  const [postgres, redis, mysql] = [required(POSTGRES), required(REDIS), required(MYSQL)];
  return [
    ...(postgres ? [{ kind: 'need', engine: 'postgres', evidence: postgres } as const] : []),
    // It asks for TLS where it isn't told otherwise.
    ...(/github\.com\/lib\/pq\b/.test(text) && postgres
      ? [{ kind: 'detail', engine: 'postgres', key: 'query', value: '?sslmode=disable', evidence: postgres } as const]
      : []),
    ...(redis ? [{ kind: 'need', engine: 'redis', evidence: redis } as const] : []),
    ...(mysql ? [note("MySQL is no engine of devenv's; a service with its image does it", mysql)] : []),
    ...mockFindings({ ai: required(AI), payments: required(PAYMENTS) }),
  ];
}

function programsOf(files: ProjectFiles, cwd: string): readonly Finding[] {
  const sources = sourcesOf(files, /\.go$/).filter(({ name }) => isBelow(cwd, name));
  const mains = sources.filter(({ text }) => /^package main$/m.test(text) && /^func main\(\)/m.test(text));
  const folders = [...new Map(mains.map((main) => [folderOf(main.name), main])).entries()];
  // At the top, or each in its folder of cmd: others are tools of some kind.
  const programs = folders.filter(([folder]) => folder === cwd || folderOf(folder) === inFolder(cwd, 'cmd'));
  const servers = programs.filter(([folder]) => roleOf(nameOf(folder)) === 'web');
  return programs.map(([folder, main]): ProcessFinding => {
    const name = nameOf(folder);
    const role = folder === cwd || (servers.length === 1 && roleOf(name) === 'web') ? 'web' : roleOf(name);
    const line = lineOf(main.text, /^func main/m);
    const port = role === 'web' ? portOf(sources, folder, cwd) : undefined;
    return {
      kind: 'process',
      role,
      name: role === 'web' && servers.length <= 1 ? 'web' : role === 'migrate' ? 'migrate' : name,
      command: folder === cwd ? 'go run .' : `go run ./${folder.slice(cwd === '.' ? 0 : cwd.length + 1)}`,
      rank: Rank.develop,
      language: 'go',
      cwd,
      ...(port ? { port } : {}),
      evidence: { file: main.name, ...(line === undefined ? {} : { line }), what: 'func main' },
    };
  });
}

function nameOf(folder: string): string {
  return folder.split('/').at(-1) ?? folder;
}

function roleOf(name: string): Role {
  if (/migrat/.test(name)) return 'migrate';
  if (/work|queue|consumer|jobs?$|cron/.test(name)) return 'worker';
  return /cli|ctl|seed|gen|tool/.test(name) ? 'other' : 'web';
}

const READS = /os\.(?:Getenv|LookupEnv)\("PORT"\)/;
const LISTENS = /"(?:[\w.]*):(\d{2,5})"/;

/** Where it listens: what PORT says, with the port beside it that is meant without one. */
function portOf(sources: readonly TextFile[], folder: string, cwd: string): ProcessFinding['port'] {
  const near = [...sources].sort((a, b) => Number(folderOf(b.name) === folder) - Number(folderOf(a.name) === folder));
  const reads = near.find(({ text }) => READS.test(text));
  const listens = near.find(({ text }) => /ListenAndServe|\.Run\(|\.Start\(|net\.Listen/.test(text));
  const file = reads ?? listens;
  if (!file || !isBelow(cwd, file.name)) return undefined;
  const found = READS.exec(file.text) ?? LISTENS.exec(file.text);
  const value = Number(LISTENS.exec(file.text)?.[1] ?? /"(\d{4,5})"/.exec(file.text)?.[1] ?? 8080);
  const line = lineAt(file.text, found?.index ?? 0);
  return { value, evidence: { file: file.name, line, what: reads ? 'reads PORT' : `names port ${value}` } };
}
