import { findKeys, holdsKey, maskKeys } from '../core/guard/find.ts';
import { type Finding, note, type ServiceFinding } from './finding.ts';

/**
 * A key of a provider in somebody's files is neither taken over nor shown: what holds one stays where it is, and a note
 * says so. Whatever quotes one, such as a script's text beside a line, is cut to the key's first characters.
 */
export function withoutKeys(findings: readonly Finding[]): readonly Finding[] {
  return findings.flatMap(withoutItsKeys).map(maskedIn);
}

function withoutItsKeys(finding: Finding): readonly Finding[] {
  switch (finding.kind) {
    case 'note':
      return [finding];
    case 'service':
      return withoutLines(finding);
    case 'variable': {
      const { example, plain, ...rest } = finding;
      if (holds(finding.name)) return [leftOut(finding, 'its name', finding.name)];
      // An example's value is written nowhere, but its parts may be: of an address the path and the query.
      return [holds([example, plain]) ? rest : finding];
    }
    default: {
      const { evidence: _, ...told } = finding;
      return holds(told) ? [leftOut(finding, finding.kind === 'process' ? 'its command' : 'it', told)] : [finding];
    }
  }
}

/** A service stays what it is without a command or a mount; one that can't be named is none. */
function withoutLines(finding: ServiceFinding): readonly Finding[] {
  const { name, lines } = finding;
  const image = lines.find(({ key }) => key === 'image')?.value;
  if (holds(name)) return [leftOut(finding, 'its name', name)];
  if (holds(image)) return [leftOut(finding, 'its image', image)];
  const left = lines.filter(({ value }) => holds(value));
  return [
    { ...finding, lines: lines.filter((line) => !left.includes(line)) },
    ...left.map(({ key, value, because }) =>
      leftOut({ evidence: because[0] ?? finding.evidence }, `its ${key}`, value),
    ),
  ];
}

function leftOut({ evidence }: Pick<Finding, 'evidence'>, where: string, value: unknown): Finding {
  const keys = findKeys(textOf(value)).map(({ provider, starts }) => `${provider}, ${starts}…`);
  return note(`left out: a live key is in ${where}: ${[...new Set(keys)].join('; ')}`, evidence);
}

function holds(value: unknown): boolean {
  return holdsKey(textOf(value));
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

/** A finding of the same shape: nothing but texts changes. */
function maskedIn<T>(value: T): T {
  if (typeof value === 'string') return maskKeys(value) as T;
  if (Array.isArray(value)) return value.map(maskedIn) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskedIn(inner)])) as T;
}
