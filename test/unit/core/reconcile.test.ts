import { describe, expect, it } from 'vitest';
import { NOTHING, type Observed } from '../../../src/core/observed.ts';
import { onlyFor, planText } from '../../../src/core/plan.ts';
import { reconcile, reconcileDown, reconcileRestart, reconcileStop } from '../../../src/core/reconcile/index.ts';
import { applyPlan } from '../../support/simulate.ts';
import { makeProcess, makeService, makeStack } from '../../support/stack.ts';

const stack = makeStack({
  services: [makeService('db'), makeService('cache', { engine: 'redis', version: '8', template: null, files: true })],
  processes: [makeProcess('web', { port: 3000, needs: ['db', 'cache'] }), makeProcess('worker', { needs: ['web'] })],
});
const upAndRunning = applyPlan(NOTHING, reconcile(stack, NOTHING), stack);

describe('reconcile, from nothing', () => {
  it('plans everything, each step with its cause', () => {
    expect(planText(reconcile(stack, NOTHING))).toMatchInlineSnapshot(`
      "fetch db                     it is not on this machine
      fetch cache                  it is not on this machine
      create-network network       there is none yet
      create-template db           this machine has no pre-initialised data for it
      create-data db               it has none yet
      create-service db            there is none yet
      fill-service db              there is none yet
      start-service db             there is none yet
      ready-service db             it has to answer before others use it
      create-data cache            it has none yet
      create-service cache         there is none yet
      fill-service cache           there is none yet
      start-service cache          there is none yet
      ready-service cache          it has to answer before others use it
      start-supervisor supervisor  it will own the processes of this environment
      start-process web            it is not running
      ready-process web            others may need it
      start-process worker         it is not running
      ready-process worker         others may need it"
    `);
  });

  it('starts services side by side and a process only after what it needs', () => {
    const { steps } = reconcile(stack, { ...NOTHING, fetched: ['db', 'cache'] });
    const waitsFor = (id: string) => steps.find((step) => step.id === id)?.after ?? [];
    expect(waitsFor('start-service db').some((id) => id.endsWith('cache'))).toBe(false);
    expect(waitsFor('start-process web')).toEqual([
      'start-supervisor supervisor',
      'ready-service db',
      'ready-service cache',
    ]);
    expect(waitsFor('start-process worker')).toContain('ready-process web');
  });
});

describe('reconcile, the second time', () => {
  it('plans nothing and says why each thing is kept', () => {
    const plan = reconcile(stack, upAndRunning);
    expect(plan.steps).toEqual([]);
    expect(plan.kept).toHaveLength(4);
  });

  it('replaces a container whose part changed, names the part, and keeps its data', () => {
    const changed = makeStack({
      ...stack,
      services: [makeService('db', { fingerprint: { image: 'postgres:17.4' } })],
      processes: [],
    });
    const text = planText(reconcile(changed, { ...upAndRunning, processes: [], supervisor: false }));
    expect(text).toContain('image postgres:17 → postgres:17.4');
    expect(text).not.toContain('data db');
    expect(text).toMatch(/stop-service cache +the configuration no longer names it/);
  });

  it('restarts a process whose variable changed without showing its value', () => {
    const before = {
      ...upAndRunning,
      processes: upAndRunning.processes.map((found) => ({
        ...found,
        fingerprint: { ...found.fingerprint, KEY: '#111' },
      })),
    };
    const next = makeStack({
      ...stack,
      processes: stack.processes.map((process) => ({
        ...process,
        fingerprint: { ...process.fingerprint, KEY: '#222' },
      })),
    });
    const starts = reconcile(next, before).steps.filter((step) => step.kind === 'start-process');
    expect(starts.map((step) => step.cause)).toEqual(['KEY changed', 'KEY changed']);
  });

  it('runs a once-process again when the data it needs is new', () => {
    const migrate = makeProcess('migrate', { once: true, needs: ['db'] });
    const once = makeStack({ services: [makeService('db')], processes: [migrate] });
    const done = applyPlan(NOTHING, reconcile(once, NOTHING), once);
    const again = reconcile(once, done);
    expect(again.steps).toEqual([]);
    expect(again.kept).toContainEqual({ target: 'migrate', why: 'it has run and nothing about it has changed' });
    const lost: Observed = { ...done, services: [], data: [] };
    expect(planText(reconcile(once, lost))).toMatch(/start-process migrate +the data of db is new/);
  });

  it('forgets that it ran before it makes the new data, in case that is cut off right after', () => {
    const processes = [
      makeProcess('migrate', { once: true, needs: ['db', 'cache'] }),
      makeProcess('seed', { once: true, needs: ['migrate'] }),
    ];
    const once = makeStack({ services: stack.services, processes });
    const done = applyPlan(NOTHING, reconcile(once, NOTHING), once);
    const lost: Observed = { ...done, services: [], data: [] };
    const { steps } = reconcile(once, lost);
    const create = steps.find(({ id }) => id === 'create-data db');
    expect(create?.after).toEqual(expect.arrayContaining(['stop-process migrate', 'stop-process seed']));
    const cutOff = steps.slice(0, steps.findIndex(({ id }) => id === 'create-data db') + 1);
    const next = reconcile(once, applyPlan(lost, { steps: cutOff, refusals: [], kept: [] }, once));
    expect(planText(next)).toMatch(/start-process migrate[\s\S]*start-process seed/);
  });

  it('makes a service anew whose data is gone', () => {
    const before = applyPlan(NOTHING, reconcile(stack, NOTHING), stack);
    const lost: Observed = { ...before, data: before.data.filter(({ service }) => service !== 'db') };
    const ids = reconcile(stack, lost).steps.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['remove-service db', 'create-data db', 'create-service db']));
    expect(ids.filter((id) => id.endsWith(' cache'))).toEqual([]);
  });

  it('runs the hook only when something was done, or when it did not end well', () => {
    const hooked = makeStack({ ...stack, hooks: { ready: { line: 'warm', cwd: '/shop' } } });
    expect(reconcile(hooked, NOTHING).steps.at(-1)?.id).toBe('run-hook hooks.ready');
    expect(reconcile(hooked, upAndRunning).steps).toEqual([]);
    const cutOff = reconcile(hooked, { ...upAndRunning, hookPending: true });
    expect(planText(cutOff)).toBe('run-hook hooks.ready  it did not end well the last time');
  });

  it('tells the hook from a process that is called ready', () => {
    const processes = [makeProcess('ready'), makeProcess('other')];
    const plan = reconcile(makeStack({ processes, hooks: { ready: { line: 'warm', cwd: '/shop' } } }), NOTHING);
    const targets = onlyFor(plan, ['ready']).steps.map(({ target }) => target);
    expect(new Set(targets)).toEqual(new Set(['supervisor', 'ready']));
  });
});

describe('reconcile, after something was cut off', () => {
  const created = (fill: string | null): Observed => ({
    ...upAndRunning,
    services: upAndRunning.services.map((found) =>
      found.name === 'db' ? { ...found, state: 'created', fill } : found,
    ),
  });

  it('fills a container that was created for new data and never started', () => {
    const step = reconcile(stack, created('T')).steps.find(({ id }) => id === 'fill-service db');
    expect(step?.template).toBe('T');
  });

  it('never fills one that was made anew for data that exists', () => {
    const plan = reconcile(stack, created(null));
    expect(plan.steps.map(({ id }) => id)).toEqual(['start-service db', 'ready-service db']);
  });

  it('makes the data anew when a container that was never filled has to be replaced', () => {
    const changed = makeStack({
      ...stack,
      services: [makeService('db', { fingerprint: { image: 'other' } }), ...stack.services.slice(1)],
    });
    const ids = reconcile(changed, created('T')).steps.map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(['remove-service db', 'discard-data db', 'create-data db']);
  });

  it('takes data that was never filled away with the container, even when data is kept', () => {
    const ids = reconcileDown(created('T'), { data: false }).steps.map(({ id }) => id);
    expect(ids).toContain('discard-data db');
    expect(ids).not.toContain('remove-data cache');
  });
});

describe('reconcile, refusing', () => {
  it('does not start another major version on old data', () => {
    const newer = makeStack({ services: [makeService('db', { version: '18' })] });
    const plan = reconcile(newer, upAndRunning);
    expect(plan.steps).toEqual([]);
    expect(plan.refusals[0]?.message).toBe(
      'its data was written by postgres 17, the configuration now asks for postgres 18',
    );
    expect(plan.refusals[0]?.hints[1]).toBe(
      'To start empty with postgres 18: devenv down --data, then devenv up. That deletes the data of cache as well.',
    );
    const alone = { ...upAndRunning, data: upAndRunning.data.filter(({ service }) => service === 'db') };
    expect(reconcile(newer, alone).refusals[0]?.hints[1]).toMatch(/then devenv up\.$/);
  });

  it('does not start on data that was made with another user or locale', () => {
    const before = makeStack({ services: [makeService('db', { made: { user: 'postgres' } })] });
    const observed = applyPlan(NOTHING, reconcile(before, NOTHING), before);
    const asking = (made: Record<string, string>) =>
      reconcile(makeStack({ services: [makeService('db', { made, fingerprint: { new: 'one' } })] }), observed);
    expect(planText(asking({ user: 'bob', locale: 'C' }))).toBe(
      'refused db: its data was made with user postgres and the default locale, the configuration now asks for user bob and locale C',
    );
    expect(asking({ user: 'bob' }).refusals[0]).toMatchObject({
      code: 'refused',
      hints: [
        'To keep the data: set it back to user postgres, devenv up, and export what you need. Then start empty and import it.',
        'To start empty with user bob: devenv down --data, then devenv up.',
      ],
    });
    expect(asking({ user: 'postgres' }).refusals).toEqual([]);
  });

  it('takes data as it is that tells nothing of how it was made, or of which nothing is asked', () => {
    const before = makeStack({ services: [makeService('db', { made: { user: 'postgres', locale: 'C' } })] });
    const observed = applyPlan(NOTHING, reconcile(before, NOTHING), before);
    const old = { ...observed, data: observed.data.map((data) => ({ ...data, made: null })) };
    const other = makeStack({ services: [makeService('db', { made: { user: 'bob' } })] });
    expect(reconcile(other, old).refusals).toEqual([]);
    const less = makeStack({ services: [makeService('db', { made: { user: 'postgres' } })] });
    expect(reconcile(less, observed).refusals).toEqual([]);
  });

  it('discards data that never got its first content, whatever it was to be made with', () => {
    const before = makeStack({ services: [makeService('db', { made: { user: 'postgres' } })] });
    const { steps } = reconcile(before, NOTHING);
    const cutOff = steps.slice(
      0,
      steps.findIndex(({ id }) => id === 'fill-service db'),
    );
    const observed = applyPlan(NOTHING, { steps: cutOff, refusals: [], kept: [] }, before);
    const other = makeStack({ services: [makeService('db', { made: { user: 'bob' }, template: 'U' })] });
    expect(planText(reconcile(other, observed))).toMatch(/discard-data db[\s\S]*create-data db/);
  });

  it('says everything that stands against it, whatever is asked for', () => {
    const limits = ['no image', 'no volumes'].map((message) => ({ message, key: 'image', hints: ['with Docker'] }));
    const launch = { kind: 'none', limits, files: [], template: null, made: {}, fingerprint: {} } as const;
    const stack = makeStack({
      services: [makeService('db', { version: '18' }), { ...makeService('mail'), launch }],
      processes: [makeProcess('web', { needs: ['mail'] })],
    });
    const plan = onlyFor(reconcile(stack, upAndRunning), ['web']);
    expect(plan.steps).toEqual([]);
    expect(plan.refusals.map(({ target, message, code }) => [target, message, code])).toEqual([
      ['db', expect.stringContaining('postgres 17'), 'refused'],
      ['mail', 'no image', 'noRuntime'],
      ['mail', 'no volumes', 'noRuntime'],
    ]);
  });

  it("doesn't take a user's own volume for an engine's data", () => {
    const image = makeStack({
      services: [makeService('mail', { engine: 'container', version: '2', data: false, template: null })],
    });
    const observed: Observed = { ...NOTHING, data: [{ service: 'mail', engine: 'volume', version: '', made: null }] };
    expect(reconcile(image, observed).refusals).toEqual([]);
  });
});

describe('reconcileDown', () => {
  it('stops before it removes, processes first, and keeps data', () => {
    expect(planText(reconcileDown(upAndRunning, { data: false }))).toMatchInlineSnapshot(`
      "stop-supervisor supervisor  its processes use the services
      stop-service db             the environment goes down
      remove-service db           the environment goes down
      stop-service cache          the environment goes down
      remove-service cache        the environment goes down
      remove-network network      the environment goes down"
    `);
  });

  it('says what it keeps unless data goes', () => {
    const { kept } = reconcileDown(upAndRunning, { data: false });
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.map(({ target }) => target)).toEqual([...new Set(upAndRunning.data.map(({ service }) => service))]);
    expect(reconcileDown(upAndRunning, { data: true }).kept).toEqual([]);
  });

  it('deletes data when asked', () => {
    const ids = reconcileDown(upAndRunning, { data: true }).steps.map(({ id }) => id);
    expect(ids).toContain('remove-data db');
    expect(ids).toContain('remove-data cache');
  });
});

describe('a restart', () => {
  it('stops and starts what is named, and leaves what it needs alone', () => {
    expect(planText(reconcileRestart(stack, upAndRunning, ['web', 'cache']))).toMatchInlineSnapshot(`
      "stop-service cache           a restart was asked for
      start-service cache          a restart was asked for
      ready-service cache          it has to answer before others use it
      start-supervisor supervisor  it owns the processes
      start-process web            a restart was asked for
      ready-process web            others may need it"
    `);
  });

  it('is refused for a process whose needs do not run', () => {
    const [cache] = upAndRunning.services.filter(({ name }) => name === 'cache');
    const withoutDb = { ...upAndRunning, services: cache ? [cache] : [] };
    expect(planText(reconcileRestart(stack, withoutDb, ['web']))).toBe('refused web: it needs db, which does not run');
    expect(reconcileRestart(stack, NOTHING, ['web']).refusals).toEqual([
      {
        target: 'web',
        message: 'it needs db and cache, which do not run',
        code: 'failed',
        hints: ['devenv up web starts it with everything that it needs.'],
      },
    ]);
  });

  it('is refused for a service that is not there, and begins one that was stopped', () => {
    expect(planText(reconcileRestart(stack, NOTHING, ['db']))).toBe(
      'refused db: it was not started, so there is nothing to restart',
    );
    const stopped = upAndRunning.services.map((found) => ({ ...found, state: 'stopped' as const }));
    const { refusals, steps } = reconcileRestart(stack, { ...upAndRunning, services: stopped }, []);
    expect(refusals).toEqual([]);
    expect(steps.filter(({ kind }) => kind === 'start-service').map(({ target }) => target)).toEqual(['db', 'cache']);
  });

  it('never starts a service that still waits for its first content', () => {
    const unfilled = upAndRunning.services.map((found) => ({ ...found, state: 'created' as const, fill: 'T' }));
    expect(reconcileRestart(stack, { ...upAndRunning, services: unfilled }, ['db']).steps).toEqual([]);
  });
});

describe('a stop', () => {
  it('ends processes before services, and only what runs', () => {
    const all = reconcileStop(stack, upAndRunning, []);
    const kinds = all.steps.map(({ kind }) => kind);
    expect(kinds.lastIndexOf('stop-process')).toBeLessThan(kinds.indexOf('stop-service'));
    expect(all.steps.map(({ target }) => target).toSorted()).toEqual(['cache', 'db', 'web', 'worker']);
    expect(reconcileStop(stack, upAndRunning, ['db']).steps.map(({ id }) => id)).toEqual(['stop-service db']);
    expect(reconcileStop(stack, NOTHING, []).steps).toEqual([]);
  });
});
