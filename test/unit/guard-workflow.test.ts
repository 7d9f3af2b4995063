import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const text = readFileSync('templates/guard.yml', 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

const workflow: {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: { readonly guard: { readonly steps: readonly Step[]; readonly permissions?: unknown } };
} = parse(text);
const { steps } = workflow.jobs.guard;

describe('the workflow for pull requests', () => {
  it('has no right but to read, and never those of the repository that a pull request comes to', () => {
    expect(workflow.on).toEqual({ pull_request: null });
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs.guard.permissions).toBeUndefined();
    expect(text).not.toContain('secrets.');
  });

  it('has the whole history of the branch, and leaves no token behind', () => {
    const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkout?.with).toMatchObject({ 'fetch-depth': 0, 'persist-credentials': false });
  });

  it('names a version of every action, and puts nothing from a pull request into a shell line', () => {
    for (const { uses, run } of steps) {
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
      expect(run ?? '').not.toContain('${{');
    }
  });

  it('gives the command its commit by a variable', () => {
    const step = steps.find(({ run }) => run?.includes('devenv guard'));
    expect(step?.env).toEqual({ BASE: '${{ github.event.pull_request.base.sha }}' });
    expect(step?.run).toContain('"$BASE"');
  });
});
