import { matching, type TextFile } from '../files.ts';
import { type Finding, fixedPortNote, note, type ProcessFinding, Rank, type Role } from '../finding.ts';
import type { Detector } from './detector.ts';

const LINE = /^([A-Za-z0-9_-]+):\s*(\S.*)$/;

/** Procfile.dev says how the app is developed, whole; Procfile how it runs elsewhere. */
export const detectProcfile: Detector = (files) => matching(files, /^Procfile(\.dev)?$/).flatMap(detectFile);

function detectFile({ name: file, text }: TextFile): readonly Finding[] {
  return text.split('\n').flatMap((line, index): readonly Finding[] => {
    if (line.trim() === '' || line.trim().startsWith('#')) return [];
    const [, name, command] = LINE.exec(line.trim()) ?? [];
    if (name === undefined || command === undefined) {
      return [note('left out, it is no "name: command"', { file, line: index + 1, what: 'a line' })];
    }
    const role = roleOf(name);
    const finding: ProcessFinding = {
      kind: 'process',
      role,
      name: role === 'migrate' ? 'migrate' : name,
      command: command.trim(),
      rank: file === 'Procfile.dev' ? Rank.processList : Rank.production,
      cwd: '.',
      evidence: { file, line: index + 1, what: name },
    };
    // A Procfile's web process is the one that gets a PORT.
    if (role !== 'web') return [finding];
    const { evidence } = finding;
    const port = portIn(command);
    const what = port ? 'names the port' : 'default';
    return [
      { ...finding, port: { value: port?.value ?? 3000, evidence: { ...evidence, what } } },
      ...(port?.fixed ? [fixedPortNote(evidence)] : []),
    ];
  });
}

function roleOf(name: string): Role {
  if (name === 'web') return 'web';
  if (name === 'release') return 'migrate';
  return /work|queue|sidekiq|celery|jobs?$/.test(name) ? 'worker' : 'other';
}

/** `-p ${PORT:-3000}`, `--port 8000`, `-b 0.0.0.0:8000` */
function portIn(command: string): { readonly value: number; readonly fixed: boolean } | undefined {
  const found =
    /\$\{PORT:?-(\d{2,5})\}|(?:^|\s)(?:-p|--port)[= ]?(\d{2,5})\b|(?:-b|--bind)[= ](?:\w+:\/\/)?[\w.]*:(\d{2,5})\b/.exec(
      command,
    );
  const value = found?.slice(1).find(Boolean);
  return value === undefined ? undefined : { value: Number(value), fixed: found?.[1] === undefined };
}
