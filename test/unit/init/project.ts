import { detect } from '../../../src/init/detect/index.ts';
import { configOf, type Draft } from '../../../src/init/draft/draft.ts';
import { draftOf } from '../../../src/init/draft/index.ts';
import type { ProjectFiles } from '../../../src/init/files.ts';
import { type Finding, formatEvidence } from '../../../src/init/finding.ts';
import { ownFiles } from '../../../src/init/own-files.ts';

/** What reading a folder with these files gives, as detectors get it. */
export function filesOf(texts: Readonly<Record<string, string>>, above: readonly string[] = []): ProjectFiles {
  const entries = Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
  return ownFiles({ names: entries.map(([name]) => name), texts: new Map(entries), unread: [], above });
}

export function draft(texts: Readonly<Record<string, string>>, above?: readonly string[]): Draft {
  return draftOf(detect(filesOf(texts, above)));
}

/** The configuration, as far as keys are asked for. */
export interface Config {
  readonly name?: string;
  readonly services?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly processes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly mocks?: Readonly<Record<string, unknown>>;
}

export function config(texts: Readonly<Record<string, string>>, above?: readonly string[]): Config {
  return configOf(draft(texts, above)) as Config;
}

export function packageJson(content: object): string {
  return JSON.stringify(content, null, 2);
}

/** Each in one line, as a test reads it: `need postgres  package.json:4 depends on pg`. */
export function lines(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => `${wordsOf(finding)}  ${formatEvidence(finding.evidence)}`);
}

function wordsOf(finding: Finding): string {
  switch (finding.kind) {
    case 'name':
      return `name ${finding.value}`;
    case 'service':
      return `service ${finding.name} ${finding.engine ?? 'image'}`;
    case 'app':
      return `app ${finding.name} in ${finding.part}`;
    case 'need':
      return `need ${finding.engine}`;
    case 'mock':
      return `mock ${finding.part}`;
    case 'detail':
      return `${finding.key} ${finding.value}`;
    case 'process':
      return `${finding.role} ${finding.cwd === '.' ? '' : `${finding.cwd}: `}${finding.command}${finding.port ? ` @${finding.port.value}` : ''}`;
    case 'migrations':
      return `migrations in ${finding.folder}`;
    case 'variable':
      return `variable ${finding.name}`;
    case 'note':
      return `note ${finding.text}`;
    default:
      return finding satisfies never;
  }
}
