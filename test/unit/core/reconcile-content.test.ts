import { describe, expect, it } from 'vitest';
import { baselineKey } from '../../../src/core/data/baseline.ts';
import { NOTHING, type Observed, type ObservedContent } from '../../../src/core/observed.ts';
import { onlyFor, type Plan, planText } from '../../../src/core/plan.ts';
import { reconcile } from '../../../src/core/reconcile/index.ts';
import type { Service } from '../../../src/core/stack.ts';
import { applyPlan } from '../../support/simulate.ts';
import { makeProcess, makeService, makeStack } from '../../support/stack.ts';

const HASH = '0123456789abcdef';
const content = {
  migrate: null,
  seeds: [],
  allow: [],
  redis: [],
  spares: 2,
  position: 0,
  baseline: 'b1',
  parts: {},
  unshared: 'a reason',
};
const stack = makeStack({
  services: [makeService('db', { content }), makeService('proxy', { needs: ['db'] })],
  processes: [makeProcess('web', { needs: ['db'] })],
});
const loaded = applyPlan(NOTHING, reconcile(stack, NOTHING), stack);

function withContent(found: ObservedContent): Observed {
  const services = loaded.services.map((one) => (one.name === 'db' ? { ...one, content: found } : one));
  return { ...loaded, services };
}

describe('reconcile, with content for a database', () => {
  it('loads it before whatever needs the database', () => {
    const { steps } = reconcile(stack, NOTHING);
    const step = (id: string) => steps.find((one) => one.id === id);
    expect(step('load-data db')?.after).toContain('ready-service db');
    expect(step('start-process web')?.after).toContain('load-data db');
    expect(step('start-service proxy')?.after).toContain('load-data db');
  });

  it('mends what was cut off before whatever needs the database, and leaves the rest of the data alone', () => {
    const parked = reconcile(stack, withContent({ state: 'begun', baseline: null, parked: true }));
    expect(planText(parked)).toMatch(/^mend-data db +a reset was cut off while it loaded anew: /);
    expect(parked.steps.map(({ id }) => id)).toEqual(['mend-data db']);
    const lagging = withContent({ state: 'loaded', baseline: 'b1', lagging: ['cache', 'mocks'] });
    const plan = reconcile(stack, { ...lagging, processes: [] });
    expect(planText(plan)).toMatch(
      /mend-data db +a command was cut off before cache and mocks followed the database: they/,
    );
    expect(plan.steps.find(({ id }) => id === 'start-process web')?.after).toContain('mend-data db');
    expect(reconcile(stack, applyPlan(lagging, reconcile(stack, lagging), stack)).steps).toEqual([]);
  });

  it('loads it after the Redis services whose keys go with it', () => {
    const cached = makeService('cache', { engine: 'redis', template: null });
    const services = [makeService('db', { content: { ...content, redis: ['cache'] } }), cached];
    const { steps } = reconcile(makeStack({ services }), NOTHING);
    expect(steps.find(({ id }) => id === 'load-data db')?.after).toContain('ready-service cache');
  });

  it('loads several in the order of the configuration, unless one needs the other, and one alone where only it is asked for', () => {
    const at = (position: number) => ({ content: { ...content, unshared: null, position } });
    const earlier = (services: readonly Service[], name: string) => {
      const { steps } = reconcile(makeStack({ services }), { ...NOTHING, makers: { a: 'x', b: 'x', c: 'x' } });
      const after = steps.find(({ id }) => id === `load-data ${name}`)?.after ?? [];
      return after.filter((id) => /^(?:load|share)-data/.test(id));
    };
    const services = [makeService('a', at(1)), makeService('b', at(0)), makeService('c', at(2))];
    expect(earlier(services, 'b')).toEqual([]);
    expect(earlier(services, 'a')).toEqual(['load-data b', 'share-data b']);
    expect(earlier(services, 'c')).toEqual(['load-data b', 'share-data b', 'load-data a', 'share-data a']);

    const proxy = makeService('proxy', { needs: ['c'] });
    const needing = [
      makeService('a', at(1)),
      makeService('b', { ...at(0), needs: ['proxy'] }),
      makeService('c', at(2)),
      proxy,
    ];
    expect(earlier(needing, 'a')).toEqual([]);
    expect(earlier(needing, 'c')).toEqual(['load-data a', 'share-data a']);
    expect(earlier(needing, 'b')).toEqual(['load-data a', 'share-data a', 'load-data c', 'share-data c']);

    const here = { ...NOTHING, fetched: ['a', 'b', 'c', 'proxy'], templates: ['T'] };
    const targets = (plan: Plan) => [...new Set(onlyFor(plan, ['c']).steps.map(({ target }) => target))];
    expect(targets(reconcile(makeStack({ services }), here))).toEqual(['network', 'c']);
    expect(targets(reconcile(makeStack({ services: needing }), here))).toEqual(['network', 'c']);
  });

  it('leaves alone what is loaded, and what was not loaded by devenv', () => {
    for (const found of [
      { state: 'loaded', baseline: 'b1' },
      { state: 'loaded', baseline: 'of before' },
      { state: 'foreign', baseline: null },
    ] as const) {
      expect(planText(reconcile(stack, withContent(found)))).toBe('');
    }
    const kept = reconcile(stack, withContent({ state: 'loaded', baseline: 'of before' })).kept;
    expect(kept).toContainEqual({ target: 'db', why: 'migrations or seeds have changed since' });
  });

  it('loads one that is empty, and one of which loading was cut off', () => {
    const text = (found: ObservedContent) => planText(reconcile(stack, withContent(found)));
    expect(text({ state: 'empty', baseline: null })).toBe('load-data db  its database is empty');
    expect(text({ state: 'begun', baseline: 'b1' })).toBe('load-data db  loading its data was cut off');
  });

  it('says which of its files has changed', () => {
    const parts = { 'seed.sql': '#1' };
    const changed = makeStack({
      services: [makeService('db', { content: { ...content, parts: { 'seed.sql': '#2' } } })],
    });
    const found = withContent({ state: 'loaded', baseline: 'of before', parts });
    expect(reconcile(changed, found).kept).toContainEqual({ target: 'db', why: 'seed.sql changed since' });
  });

  it('asks the database itself where it has not answered yet', () => {
    const stopped = { ...loaded, services: loaded.services.map((one) => ({ ...one, state: 'stopped' as const })) };
    expect(planText(reconcile(stack, stopped))).toMatch(/^load-data db +its database may be empty$/m);
  });
});

describe('reconcile, with content that other checkouts ask for as well', () => {
  const sharing = makeStack({
    services: [makeService('db', { content: { ...content, unshared: null, baseline: HASH } })],
    processes: [makeProcess('web', { needs: ['db'] })],
  });
  const makers = { db: 'postgres-17.1' };
  const key = baselineKey(HASH, 'postgres-17.1');
  const at = (parts: Partial<Observed>): Observed => ({ ...NOTHING, fetched: ['db'], makers, ...parts });

  it('keeps what it has loaded before anybody uses the database, once', () => {
    const { steps } = reconcile(sharing, at({ templates: ['T'] }));
    const step = (id: string) => steps.find((one) => one.id === id);
    expect(step('share-data db')?.after).toContain('load-data db');
    expect(step('start-process web')?.after).toContain('share-data db');
    expect(planText(reconcile(stack, at({ templates: ['T'] })))).not.toContain('share-data');
    const kept = { ...loaded, makers, templates: ['T', key] };
    const empty = withContent({ state: 'empty', baseline: null }).services;
    expect(planText(reconcile(sharing, { ...kept, services: empty }))).not.toContain('share-data');
  });

  it('begins with the baseline that is kept, and says so', () => {
    const plan = reconcile(sharing, at({ templates: ['T', key] }));
    expect(planText(plan)).toMatch(/^create-data db +baseline 01234567 is kept on this machine$/m);
    expect(planText(plan)).toMatch(/^load-data db +baseline 01234567 is to be made its own$/m);
    expect(plan.steps.filter(({ template }) => template === key).map(({ kind }) => kind)).toEqual([
      ...['create-data', 'create-service', 'fill-service', 'ready-service'],
    ]);
    expect(planText(plan)).not.toMatch(/share-data|create-template/);
  });

  it.each([
    ['another hash', [baselineKey('b2', 'postgres-17.1')]],
    ['another image or program', [baselineKey(HASH, 'postgres-17.2')]],
  ])('begins with none of %s', (_, others) => {
    const { steps } = reconcile(sharing, at({ templates: ['T', ...others] }));
    expect(steps.find(({ kind }) => kind === 'create-data')?.template).toBe('T');
  });

  it('discards data that was to be filled with a baseline which is gone', () => {
    const network = { network: true, templates: ['T'] };
    const begun = applyPlan(at(network), reconcile(sharing, at({ ...network, templates: ['T', key] })), sharing);
    const created = begun.services.map((one) => ({ ...one, state: 'created' as const, fill: key }));
    const text = (templates: readonly string[]) =>
      planText(reconcile(sharing, { ...begun, services: created, templates: [...templates] }));
    expect(text(['T'])).toMatch(/^discard-data db +it never got its first content$/m);
    expect(text(['T', key])).not.toContain('discard-data');
    expect(text(['T', key])).toMatch(/^fill-service db +it was created but never started$/m);
  });

  it('leaves data alone that is there, whatever is kept', () => {
    const before = { ...loaded, makers, templates: ['T', key], services: [] };
    expect(reconcile(sharing, before).steps.filter(({ template }) => template !== undefined)).toEqual([]);
  });
});
