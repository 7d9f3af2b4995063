import { MOCKED_VARIABLES, type MockedPart } from '../../core/mocks.ts';
import { type Evidence, type Finding, type Line, type NoteFinding, note } from '../finding.ts';

export interface DraftMocks {
  readonly lines: readonly Line[];
  /** The variables that the mocks give, so that nothing else has to. */
  readonly variables: ReadonlySet<string>;
  readonly notes: readonly NoteFinding[];
}

/** What is to be mocked: whose clients the app has, or whose keys it asks for. */
export function draftMocks(findings: readonly Finding[]): DraftMocks {
  const parts = (Object.keys(MOCKED_VARIABLES) as MockedPart[]).map((part) => ({
    part,
    why: whyMocked(part, findings),
  }));
  const mocked = parts.filter(({ why }) => why.length > 0);
  const payments = mocked.find(({ part }) => part === 'payments')?.why[0];
  return {
    lines: mocked.map(({ part, why }) => ({ key: part, value: {}, because: why })),
    variables: new Set(mocked.flatMap(({ part }): readonly string[] => MOCKED_VARIABLES[part])),
    notes: payments
      ? [
          note(
            'events go to nobody until `mocks.payments.webhook` names a process and a path of it, such as web/webhooks/stripe',
            payments,
          ),
        ]
      : [],
  };
}

function whyMocked(part: MockedPart, findings: readonly Finding[]): readonly Evidence[] {
  const names: readonly string[] = MOCKED_VARIABLES[part];
  const found = findings.filter(
    (finding) =>
      (finding.kind === 'mock' && finding.part === part) ||
      (finding.kind === 'variable' && names.includes(finding.name)),
  );
  return [...new Map(found.map(({ evidence }) => [JSON.stringify(evidence), evidence])).values()];
}
