import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/core/gc/decide.ts';
import type { FoundEnvironment, FoundStore, Inventory } from '../../../../src/core/gc/inventory.ts';
import type { ProgramRecord, TemplateRecord } from '../../../../src/core/store.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-03-01T00:00:00Z');
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS).toISOString();

const environment = (parts: Partial<FoundEnvironment> = {}): FoundEnvironment => ({
  id: 'abc',
  project: 'shop',
  kind: 'dev',
  path: '/shop',
  holds: [{ runtime: 'docker', owner: '1000' }],
  runs: false,
  worksIn: null,
  recorded: true,
  elsewhere: null,
  checkout: { state: 'gone', why: 'its checkout /shop is gone' },
  sizeBytes: 5,
  ...parts,
});
const template = (parts: Partial<TemplateRecord> = {}): TemplateRecord => ({
  key: 'postgres-17-x',
  sizeBytes: 7,
  created: daysAgo(90),
  lastUsed: daysAgo(1),
  madeBy: null,
  project: null,
  ...parts,
});
const program = (parts: Partial<ProgramRecord> = {}): ProgramRecord => ({
  name: 'postgres-17.1',
  sizeBytes: 9,
  created: daysAgo(90),
  lastUsed: daysAgo(90),
  supersededBy: null,
  running: false,
  usedBy: [],
  ...parts,
});
const store = (parts: Partial<FoundStore>): FoundStore => ({
  runtime: 'embedded',
  templates: [],
  makers: [],
  programs: [],
  ...parts,
});
const inventory = (parts: Partial<Inventory>): Inventory => ({
  user: '1000',
  now: NOW,
  unusedForMs: 30 * DAY_MS,
  baselineBytes: 10e9,
  environments: [],
  stores: [],
  leftovers: [],
  ...parts,
});
const verdicts = (parts: Partial<Inventory>) =>
  decide(inventory(parts)).map(({ remove, kind, id, why }) => `${remove ? 'remove' : 'keep'} ${kind} ${id}: ${why}`);

describe('gc', () => {
  it('removes an environment whose checkout is gone, with its size and the reason', () => {
    expect(decide(inventory({ environments: [environment()] }))).toEqual([
      {
        kind: 'environment',
        id: 'abc',
        name: 'shop abc',
        runtime: 'docker',
        path: '/shop',
        sizeBytes: 5,
        remove: true,
        why: 'its checkout /shop is gone',
      },
    ]);
  });

  it.each<[string, Partial<FoundEnvironment>, RegExp]>([
    ['whose checkout lives', { checkout: { state: 'living', why: 'its checkout is /shop' } }, /its checkout is/],
    ['of which it is not certain', { checkout: { state: 'unknown', why: '/shop can’t be read' } }, /read/],
    ['of another user', { holds: [{ runtime: 'docker', owner: '1001' }] }, /belongs to user 1001/],
    ['of nobody known', { holds: [{ runtime: 'docker', owner: null }] }, /no label tells whose/],
    ['that was not made with this state', { recorded: false }, /devenv down abc --data/],
    ['that is on another engine', { holds: [], elsewhere: 'no Docker engine answers' }, /no Docker engine answers/],
    ['that works in another folder', { runs: true, worksIn: '/far/shop' }, /work in \/far\/shop: devenv down abc/],
    ['that is no checkout’s', { kind: 'preview' }, /a preview/],
  ])('keeps one %s', (_, parts, why) => {
    expect(verdicts({ environments: [environment(parts)] })).toEqual([expect.stringMatching(why)]);
    expect(verdicts({ environments: [environment(parts)] })[0]).toMatch(/^keep/);
  });

  it('says of one that goes that it still runs', () => {
    expect(verdicts({ environments: [environment({ runs: true })] })).toEqual([
      'remove environment abc: its checkout /shop is gone; it still runs',
    ]);
  });

  it('needs no record for data that lies in the user’s own folder', () => {
    const embedded = environment({ holds: [{ runtime: 'embedded', owner: null }], recorded: false });
    expect(verdicts({ environments: [embedded] })).toEqual(['remove environment abc: its checkout /shop is gone']);
  });

  it('calls ports and files without anything else a record', () => {
    expect(verdicts({ environments: [environment({ holds: [] })] })[0]).toMatch(/^remove record abc/);
    expect(verdicts({ environments: [environment({ holds: [], runs: true })] })[0]).toMatch(/^remove environment abc/);
  });

  it('keeps baselines within their limit, the last used first, and says for each why', () => {
    const baseline = (key: string, days: number, parts: Partial<TemplateRecord> = {}) =>
      template({ key: `baseline-${key}`, project: 'shop', sizeBytes: 6e9, lastUsed: daysAgo(days), ...parts });
    const templates = [
      baseline('b', 3),
      baseline('a', 1),
      baseline('c', 2, { sizeBytes: 4e9 }),
      baseline('old', 31),
      template(),
    ];
    expect(verdicts({ stores: [store({ templates })] })).toEqual([
      'remove baseline baseline-b: used 3 days ago, the longest ago, and baselines may take 10 GB',
      'keep baseline baseline-a: used 24 hours ago',
      'keep baseline baseline-c: used 2 days ago',
      'remove baseline baseline-old: not used for 31 days',
      'keep template postgres-17-x: used 24 hours ago',
    ]);
    const [first] = decide(inventory({ stores: [store({ templates })] }));
    expect(first).toMatchObject({ name: 'shop baseline-b', sizeBytes: 6e9 });
    // What was just made for everybody isn't thrown away at once; where none is wanted all go.
    expect(verdicts({ stores: [store({ templates: [baseline('a', 1)] })], baselineBytes: 5e9 })[0]).toMatch(/^keep/);
    expect(verdicts({ stores: [store({ templates: [baseline('a', 1)] })], baselineBytes: 0 })[0]).toMatch(/^remove/);
  });

  it('judges templates by their last use and by what made them', () => {
    const templates = [
      template({ key: 'new' }),
      template({ key: 'old', lastUsed: daysAgo(31) }),
      template({ key: 'known', madeBy: 'sha256:aa' }),
      template({ key: 'lost', madeBy: 'sha256:0123456789abcdef' }),
    ];
    expect(verdicts({ stores: [store({ runtime: 'docker', templates, makers: ['sha256:aa'] })] })).toEqual([
      'keep template new: used 24 hours ago',
      'remove template old: not used for 31 days',
      'keep template known: used 24 hours ago',
      'remove template lost: its image 0123456789ab is gone',
    ]);
  });

  it('keeps programs that anybody needs, and removes templates along with those that go', () => {
    const living = environment({ id: 'living', checkout: { state: 'living', why: 'there' } });
    const programs = [
      program({ name: 'a-1', usedBy: ['abc', 'living'] }),
      program({ name: 'b-1', usedBy: ['abc'] }),
      program({ name: 'c-1', supersededBy: 'c-2' }),
      program({ name: 'd-1', supersededBy: 'd-2', running: true }),
      program({ name: 'e-1', lastUsed: daysAgo(3) }),
    ];
    const templates = [template({ key: 'of-c', madeBy: 'c-1' }), template({ key: 'of-d', madeBy: 'd-1' })];
    const makers = programs.map(({ name }) => name);
    const found = verdicts({ environments: [environment(), living], stores: [store({ programs, templates, makers })] });
    expect(found.slice(2)).toEqual([
      'keep program a-1: environment living uses it',
      'remove program b-1: not used for 90 days',
      'remove program c-1: c-2 is used instead',
      'keep program d-1: a server runs from it',
      'keep program e-1: used 3 days ago',
      'remove template of-c: c-1 is gone',
      'keep template of-d: used 24 hours ago',
    ]);
  });

  it('never removes anything of a living checkout, of another user, that works elsewhere, or a program that runs', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const owners = fc.constantFrom('1000', '1001', null);
    const environments = fc.subarray(ids).chain((chosen) =>
      fc.tuple(
        ...chosen.map((id) =>
          fc
            .record({
              holds: fc.uniqueArray(fc.record({ runtime: fc.constantFrom('docker', 'embedded'), owner: owners }), {
                selector: ({ runtime }) => runtime,
              }),
              kind: fc.constantFrom('dev', 'preview', 'staging'),
              runs: fc.boolean(),
              worksIn: fc.constantFrom(null, null, '/far/shop'),
              recorded: fc.boolean(),
              elsewhere: fc.constantFrom(null, 'no engine answers'),
              state: fc.constantFrom('living', 'gone', 'unknown'),
            })
            .map(({ state, ...parts }) => environment({ id, ...parts, checkout: { state, why: state } } as never)),
        ),
      ),
    );
    const age = fc.integer({ min: 0, max: 100 }).map(daysAgo);
    const programs = fc.uniqueArray(
      fc
        .record({
          name: fc.constantFrom('p-1', 'p-2', 'p-3'),
          lastUsed: age,
          supersededBy: fc.constantFrom(null, null, 'p-9'),
          running: fc.boolean(),
          usedBy: fc.subarray(ids),
        })
        .map(program),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(environments, programs, (found, all) => {
        const given = inventory({ environments: found as FoundEnvironment[], stores: [store({ programs: all })] });
        const removed = decide(given).filter(({ remove }) => remove);
        const why = (id: string) => removed.find((one) => one.id === id)?.why;
        for (const one of given.environments) {
          if (!removed.some(({ id }) => id === one.id)) continue;
          expect(one.checkout.state).toBe('gone');
          expect(one.kind).toBe('dev');
          expect(one.worksIn).toBeNull();
          if (one.runs) expect(why(one.id)).toMatch(/it still runs$/);
          expect(one.holds.filter(({ runtime, owner }) => runtime === 'docker' && owner !== '1000')).toEqual([]);
        }
        const kept = given.environments.filter(({ id }) => !removed.some((one) => one.id === id));
        for (const one of all.filter(({ name }) => removed.some(({ id }) => id === name))) {
          expect(one.running).toBe(false);
          const users = kept.filter(({ id }) => one.usedBy.includes(id));
          if (one.supersededBy === null) expect(users).toEqual([]);
        }
      }),
    );
  });
});
