import { USER_VOLUME } from './labels.ts';
import type { Observed, ObservedData, ObservedProcess, ObservedService } from './observed.ts';
import { NETWORK, type Plan, PlanBuilder, type Refusal, type Step, SUPERVISOR, stepId } from './plan.ts';
import type { Fingerprint, Process, Service, Stack } from './stack.ts';

/** Steps that bring what exists to what the stack asks for. Pure: the same inputs give the same plan. */
export function reconcile(stack: Stack, observed: Observed): Plan {
  const refusals = stack.services.flatMap((service) => refusal(service, observed));
  if (refusals.length > 0) return { steps: [], refusals, kept: [] };

  const draft: Draft = { stack, observed, plan: new PlanBuilder(), kept: [] };
  if (stack.runtime === 'docker' && stack.services.length > 0 && !observed.network) {
    draft.plan.add('create-network', NETWORK, 'there is none yet');
  }
  for (const service of stack.services) planService(draft, service);
  planOrphans(draft);
  planProcesses(draft);
  planReadyHook(draft);
  return { steps: fetchFirst(draft.plan.steps()), refusals, kept: draft.kept };
}

/** What can't be had is known before anything is made. */
function fetchFirst(steps: readonly Step[]): readonly Step[] {
  const fetches = steps.filter((step) => step.kind === 'fetch');
  const ids = fetches.map((step) => step.id);
  const others = steps.filter((step) => step.kind !== 'fetch');
  return [...fetches, ...others.map((step) => ({ ...step, after: [...new Set([...step.after, ...ids])] }))];
}

/** Steps that end an environment. Without `data` its volumes stay, except those that never got their first content. */
export function reconcileDown(observed: Observed, options: { readonly data: boolean }): Plan {
  const plan = new PlanBuilder();
  if (observed.supervisor || observed.processes.length > 0) {
    plan.add('stop-supervisor', SUPERVISOR, 'its processes use the services');
  }
  for (const service of observed.services) {
    removeService(plan, service, 'the environment goes down', [stepId('stop-supervisor', SUPERVISOR)]);
  }
  for (const name of new Set(observed.data.map((data) => data.service))) {
    const after = [stepId('remove-service', name)];
    const unfilled = isUnfilled(observed.services.find((service) => service.name === name));
    if (options.data) plan.add('remove-data', name, 'its data was asked to be deleted', after);
    else if (unfilled) plan.add('discard-data', name, 'it never got its first content', after);
  }
  if (observed.network) {
    const after = observed.services.map((service) => stepId('remove-service', service.name));
    plan.add('remove-network', NETWORK, 'the environment goes down', after);
  }
  return { steps: plan.steps(), refusals: [], kept: [] };
}

/** The parts in which two fingerprints differ, in words: `image postgres:16 → postgres:17`. */
export function differences(before: Fingerprint, after: Fingerprint): readonly string[] {
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return parts
    .filter((part) => before[part] !== after[part])
    .map((part) => difference(part, before[part], after[part]));
}

interface Draft {
  readonly stack: Stack;
  readonly observed: Observed;
  readonly plan: PlanBuilder;
  readonly kept: { target: string; why: string }[];
}

function refusal(service: Service, observed: Observed): Refusal[] {
  const data = engineData(observed, service.name);
  if (!data || !keepsData(service)) return [];
  if (data.engine === service.engine && data.version === service.version) return [];
  const was = `${data.engine} ${data.version}`;
  const wanted = `${service.engine} ${service.version}`;
  return [
    {
      target: service.name,
      message: `its data was written by ${was}, the configuration now asks for ${wanted}`,
      hints: [
        `To keep the data: set it back to ${was}, export what you need, then go on with ${wanted} and import it.`,
        `To start empty with ${wanted}: devenv down --data, then devenv up.`,
      ],
    },
  ];
}

function planService(draft: Draft, service: Service): void {
  const found = draft.observed.services.find((candidate) => candidate.name === service.name);
  if (!found) return planNewService(draft, service, 'there is none yet', []);

  const changes = differences(found.fingerprint, service.launch.fingerprint);
  if (changes.length > 0) return planReplacement(draft, service, found, changes.join(', '));
  if (keepsData(service) && !engineData(draft.observed, service.name)) {
    return planReplacement(draft, service, found, 'its data is gone');
  }

  switch (found.state) {
    case 'ready':
      draft.kept.push({ target: service.name, why: 'it answers and nothing about it has changed' });
      return;
    case 'starting':
      draft.plan.add('ready-service', service.name, found.why ?? 'it runs but does not answer yet');
      return;
    case 'stopped':
      return planStart(draft, service, found.why ?? 'it is stopped', []);
    case 'created':
      // Another template may have begun to fill it.
      if (found.fill !== null && found.fill !== templateKey(service)) {
        return planReplacement(draft, service, found, 'its data would be made from something else now');
      }
      return planFirstStart(draft, service, found);
    default:
      found.state satisfies never;
  }
}

function planFirstStart(draft: Draft, service: Service, found: ObservedService): void {
  const cause = 'it was created but never started';
  const template = found.fill === null ? null : templateKey(service);
  const before = planTemplate(draft, service, template, []);
  planStart(draft, service, cause, planFill(draft, service, cause, template, before), template);
}

function planNewService(draft: Draft, service: Service, cause: string, after: readonly string[]): void {
  const { name } = service;
  const hasData = engineData(draft.observed, name) !== undefined;
  const template = hasData ? null : templateKey(service);
  const before = planTemplate(draft, service, template, [...after, ...planFetch(draft, service)]);
  if (keepsData(service) && !hasData) {
    before.push(...forgetRuns(draft, name));
    before.push(draft.plan.add('create-data', name, 'it has none yet', before, template));
  }
  const created = draft.plan.add('create-service', name, cause, before, template);
  // The network is needed at the start only: it is made while the data is filled in.
  const filled = [...planFill(draft, service, cause, template, [created]), stepId('create-network', NETWORK)];
  planStart(draft, service, cause, filled, template);
}

function planReplacement(draft: Draft, service: Service, found: ObservedService, cause: string): void {
  const removed = [removeService(draft.plan, found, cause, [])];
  if (!isUnfilled(found)) return planNewService(draft, service, cause, removed);
  removed.push(draft.plan.add('discard-data', service.name, 'it never got its first content', removed));
  const data = draft.observed.data.filter((candidate) => candidate.service !== service.name);
  planNewService({ ...draft, observed: { ...draft.observed, data } }, service, cause, removed);
}

function planFetch(draft: Draft, service: Service): string[] {
  if (draft.observed.fetched.includes(service.name)) return [];
  return [draft.plan.add('fetch', service.name, 'it is not on this machine')];
}

function planTemplate(draft: Draft, service: Service, key: string | null, after: readonly string[]): string[] {
  if (key === null || draft.observed.templates.includes(key)) return [...after];
  const cause = 'this machine has no pre-initialised data for it';
  return [...after, draft.plan.add('create-template', service.name, cause, after)];
}

/** Puts configuration files and, for new data, its first content in place; both before the first start. */
function planFill(
  draft: Draft,
  service: Service,
  cause: string,
  template: string | null,
  after: readonly string[],
): readonly string[] {
  if (service.launch.files.length === 0 && template === null) return after;
  return [...after, draft.plan.add('fill-service', service.name, cause, after, template)];
}

function planStart(
  draft: Draft,
  service: Service,
  cause: string,
  after: readonly string[],
  template: string | null = null,
): void {
  const { plan } = draft;
  const needs = service.needs.map((need) => stepId('ready-service', need));
  const started = plan.add('start-service', service.name, cause, [...after, ...needs]);
  plan.add('ready-service', service.name, 'it has to answer before others use it', [started], template);
}

function removeService(plan: PlanBuilder, found: ObservedService, cause: string, after: readonly string[]): string {
  const before = [...after];
  if (found.state === 'starting' || found.state === 'ready') {
    before.push(plan.add('stop-service', found.name, cause, before));
  }
  return plan.add('remove-service', found.name, cause, before);
}

function planOrphans(draft: Draft): void {
  const wanted = new Set(draft.stack.services.map((service) => service.name));
  for (const found of draft.observed.services) {
    if (!wanted.has(found.name)) removeService(draft.plan, found, 'the configuration no longer names it', []);
  }
  const processes = new Set(draft.stack.processes.map((process) => process.name));
  for (const found of draft.observed.processes) {
    if (!processes.has(found.name)) {
      draft.plan.add('stop-process', found.name, 'the configuration no longer names it');
    }
  }
}

function planProcesses(draft: Draft): void {
  const { stack, observed, plan } = draft;
  if (stack.processes.length === 0) {
    if (observed.supervisor) plan.add('stop-supervisor', SUPERVISOR, 'the configuration names no process any more');
    return;
  }
  for (const process of stack.processes) planProcess(draft, process);
  const starts = plan.steps().some((step) => step.kind === 'start-process');
  if (starts && !observed.supervisor)
    plan.add('start-supervisor', SUPERVISOR, 'it will own the processes of this environment');
}

function planProcess(draft: Draft, process: Process): void {
  const found = draft.observed.processes.find((candidate) => candidate.name === process.name);
  const cause = found ? reasonToStart(draft, process, found) : 'it is not running';
  if (cause === null) {
    draft.kept.push({ target: process.name, why: 'it runs and nothing about it has changed' });
    return;
  }
  const needs = process.needs.flatMap((need) => [stepId('ready-service', need), stepId('ready-process', need)]);
  const after = [stepId('start-supervisor', SUPERVISOR), ...needs];
  if (found?.state === 'starting' && cause === STILL_STARTING) {
    draft.plan.add('ready-process', process.name, cause, after);
    return;
  }
  const started = draft.plan.add('start-process', process.name, cause, after);
  draft.plan.add('ready-process', process.name, 'others may need it', [started]);
}

const STILL_STARTING = 'it runs but is not ready yet';

/** Null when it can stay as it is. */
function reasonToStart(draft: Draft, process: Process, found: ObservedProcess): string | null {
  const changes = differences(found.fingerprint, process.fingerprint);
  if (changes.length > 0) return changes.join(', ');
  switch (found.state) {
    case 'ready':
      return null;
    case 'done':
      return reasonToRunAgain(draft, process);
    case 'starting':
      return STILL_STARTING;
    case 'failed':
    case 'backoff':
    case 'stopped':
      return found.why ?? `it is ${found.state}`;
    default:
      return found.state satisfies never;
  }
}

/** A process that runs once, such as a migration, belongs to the data it ran on. */
function reasonToRunAgain(draft: Draft, process: Process): string | null {
  const fresh = draft.plan.steps().find((step) => step.kind === 'create-data' && restsOn(draft, process, step.target));
  return fresh ? `the data of ${fresh.target} is new` : null;
}

/** Before there is new data: were that cut off later, nothing would tell that they ran on other data. */
function forgetRuns({ stack, observed, plan }: Draft, service: string): readonly string[] {
  return stack.processes
    .filter((process) => observed.processes.some(({ name, state }) => name === process.name && state === 'done'))
    .filter((process) => restsOn({ stack }, process, service))
    .map(({ name }) => {
      const id = stepId('stop-process', name);
      const planned = plan.steps().some((step) => step.id === id);
      return planned ? id : plan.add('stop-process', name, `it ran on data of ${service} that is gone`);
    });
}

/** Whether it needs the service, or a process that does. */
function restsOn(draft: Pick<Draft, 'stack'>, { needs }: Process, service: string): boolean {
  const before = draft.stack.processes.filter(({ name }) => needs.includes(name));
  return needs.includes(service) || before.some((process) => restsOn(draft, process, service));
}

function planReadyHook({ plan, stack, observed }: Draft): void {
  if (!stack.hooks.ready || (plan.isEmpty && !observed.hookPending)) return;
  const cause = plan.isEmpty ? 'it did not end well the last time' : 'everything is ready';
  plan.add(
    'run-hook',
    'ready',
    cause,
    plan.steps().map((step) => step.id),
  );
}

function engineData(observed: Observed, service: string): ObservedData | undefined {
  return observed.data.find((data) => data.service === service && data.engine !== USER_VOLUME);
}

function keepsData(service: Service): boolean {
  return service.launch.kind === 'server' || service.launch.dataPath !== null;
}

function templateKey(service: Service): string | null {
  return service.launch.template?.key ?? null;
}

/** A container that waits for its first content has an empty or half-filled volume: nothing of the user's is in it. */
function isUnfilled(found: ObservedService | undefined): boolean {
  return found?.state === 'created' && found.fill !== null;
}

function difference(part: string, before: string | undefined, after: string | undefined): string {
  if (before === undefined) return `${part} is new`;
  if (after === undefined) return `${part} is gone`;
  return /^#/.test(before) || /^#/.test(after) ? `${part} changed` : `${part} ${before} → ${after}`;
}
