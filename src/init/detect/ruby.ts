import { keysOf } from '../../config/path.ts';
import { dataOf, yamlData } from '../document.ts';
import { folderOf, inFolder, lineOf, matching, type ProjectFiles, type TextFile } from '../files.ts';
import { type Evidence, type Finding, mockFindings, note, type ProcessFinding, Rank, type Role } from '../finding.ts';
import type { Detector } from './detector.ts';

/** A Gemfile, and what Rails and Rack have beside it. */
export const detectRuby: Detector = (files) =>
  matching(files, /(^|\/)Gemfile$/).flatMap((gemfile) => {
    const gem = gemsOf(gemfile);
    const folder = folderOf(gemfile.name);
    return [...needsOf(gem), ...databaseOf(files, folder), ...processesOf(files, folder, gem)];
  });

type Gems = (name: string) => Evidence | undefined;

function gemsOf({ name: file, text }: TextFile): Gems {
  return (name) => {
    const line = lineOf(text, new RegExp(`^[ \\t]*gem\\s*\\(?\\s*["']${name}["']`, 'm'));
    return line === undefined ? undefined : { file, line, what: `gem ${name}` };
  };
}

function needsOf(gem: Gems): readonly Finding[] {
  const postgres = gem('pg');
  const redis = gem('redis') ?? gem('sidekiq') ?? gem('resque') ?? gem('redis-client');
  const mysql = gem('mysql2') ?? gem('trilogy');
  return [
    ...(postgres ? [{ kind: 'need', engine: 'postgres', evidence: postgres } as const] : []),
    ...(redis ? [{ kind: 'need', engine: 'redis', evidence: redis } as const] : []),
    ...(mysql ? [note("MySQL is no engine of devenv's; a service with its image does it", mysql)] : []),
    ...mockFindings({
      ai: gem('openai') ?? gem('ruby-openai') ?? gem('anthropic'),
      payments: gem('stripe') ?? gem('pay'),
    }),
  ];
}

/** config/database.yml, of which DATABASE_URL counts for more. */
function databaseOf(files: ProjectFiles, folder: string): readonly Finding[] {
  const name = inFolder(folder, 'config/database.yml');
  const text = files.texts.get(name);
  // Without ERB, which runs: its tags stand inside of values.
  const plain = text?.replace(/<%[^\n]*?%>/g, 'erb');
  const [data] = plain === undefined ? [] : dataOf([yamlData({ name, text: plain })]);
  const development = keysOf(data?.value.development);
  const one = development.adapter === undefined && development.primary ? keysOf(development.primary) : development;
  const at = (key: string): Evidence => {
    const line = data?.lineOf(['development', key]) ?? data?.lineOf(['development']);
    return { file: name, ...(line === undefined ? {} : { line }), what: `${key} of development` };
  };
  if (!/^postgres/.test(String(one.adapter ?? ''))) return [];
  const { database } = one;
  return [
    { kind: 'need', engine: 'postgres', evidence: at('adapter') },
    { kind: 'variable', name: 'DATABASE_URL', listed: true, evidence: { file: name, what: 'Rails reads it first' } },
    ...(typeof database === 'string' && /^[A-Za-z_][\w-]*$/.test(database) && database !== 'erb'
      ? [{ kind: 'detail', engine: 'postgres', key: 'database', value: database, evidence: at('database') } as const]
      : []),
  ];
}

function processesOf(files: ProjectFiles, cwd: string, gem: Gems): readonly Finding[] {
  const has = (name: string) => files.names.includes(inFolder(cwd, name));
  const make = (role: Role, command: string, evidence: Evidence): ProcessFinding => ({
    kind: 'process',
    role,
    name: role,
    command,
    rank: Rank.develop,
    language: 'ruby',
    cwd,
    evidence,
  });
  const serve = (command: string, value: number, evidence: Evidence, what: string): ProcessFinding => ({
    ...make('web', command, evidence),
    port: { value, evidence: { ...evidence, what } },
  });
  const rails = gem('rails');
  const program = has('bin/rails') ? 'bin/rails' : 'bundle exec rails';
  const sidekiq = gem('sidekiq');
  const active =
    has('db/schema.rb') ||
    has('db/structure.sql') ||
    files.names.some((name) => name.startsWith(inFolder(cwd, 'db/migrate/')));
  return [
    ...(rails && active
      ? [make('migrate', `${program} db:migrate`, { file: inFolder(cwd, 'db'), what: 'migrations of Rails' })]
      : []),
    ...(rails ? [serve(`${program} server`, 3000, rails, "Rails' own port")] : []),
    ...(!rails && has('config.ru')
      ? [
          serve(
            'bundle exec rackup --port $PORT',
            9292,
            { file: inFolder(cwd, 'config.ru'), what: 'Rack' },
            "Rack's own port",
          ),
        ]
      : []),
    ...(sidekiq ? [make('worker', 'bundle exec sidekiq', sidekiq)] : []),
  ];
}
