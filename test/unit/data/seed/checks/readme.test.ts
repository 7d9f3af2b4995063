import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulesOf } from '../../../../../src/data/seed/checks/index.ts';
import { checkedTable, documentedChecks, NOW } from '../../../../support/checked-table.ts';

const documented = documentedChecks(readFileSync('README.md', 'utf8'));

/** That Postgres finds the rows right that follow them is asked in test/integration/seed-checks.test.ts. */
describe('the table of checks in the README', () => {
  it('has examples', () => {
    expect(documented.followed.length).toBeGreaterThan(40);
    expect(documented.judged.length).toBeGreaterThan(3);
  });

  it.each(documented.followed)('is followed by construction: %s', async (expression) => {
    expect(await rulesOf(checkedTable([expression]), NOW)).toMatchObject({ judged: [], contradiction: null });
  });

  it.each(documented.judged)('is judged by Postgres: %s', async (expression) => {
    const { judged } = await rulesOf(checkedTable([expression]), NOW);
    expect(judged.map((one) => one.expression)).toEqual([expression]);
  });
});
