import { baselineWords, isBaseline } from '../data/baseline.ts';
import type { Observed, ObservedData, ObservedService } from '../observed.ts';
import { NETWORK, type Refusal, stepId } from '../plan.ts';
import type { Service } from '../stack.ts';
import { originOf, planLoad } from './content.ts';
import { differences } from './differences.ts';
import { removeService } from './down.ts';
import { type Draft, engineData, isUnfilled, keepsData, usable } from './draft.ts';
import { forgetRuns } from './processes.ts';

export function refusals(service: Service, observed: Observed): Refusal[] {
  const limits = service.launch.kind === 'none' ? service.launch.limits : [];
  return [
    ...limits.map((limit): Refusal => ({ target: service.name, ...limit, code: 'noRuntime' })),
    ...otherData(service, observed),
  ];
}

/** The engine would refuse its data, or take it as it is, whatever the configuration asks for. */
function otherData(service: Service, observed: Observed): Refusal[] {
  const data = engineData(observed, service.name);
  const found = observed.services.find(({ name }) => name === service.name);
  if (!data || !keepsData(service) || isUnfilled(found)) return [];
  const was = `${data.engine} ${data.version}`;
  const wanted = `${service.engine} ${service.version}`;
  if (was !== wanted) return [refuseData(service, observed, `written by ${was}`, was, wanted)];
  const parts = otherwiseMade(service, data);
  if (parts.length === 0) return [];
  const before = parts.map((part) => part.was).join(' and ');
  const now = parts.map((part) => part.wanted).join(' and ');
  return [refuseData(service, observed, `made with ${before}`, before, now)];
}

/** What the data was made with and what the service now asks for, in words, for each part in which they differ. */
function otherwiseMade(
  { launch }: Service,
  { made }: ObservedData,
): readonly { readonly was: string; readonly wanted: string }[] {
  if (made === null) return [];
  return Object.entries(launch.made)
    .filter(([part, value]) => made[part] !== value)
    .map(([part, wanted]) => ({
      was: made[part] === undefined ? `the default ${part}` : `${part} ${made[part]}`,
      wanted: `${part} ${wanted}`,
    }));
}

function refuseData(service: Service, observed: Observed, story: string, was: string, wanted: string): Refusal {
  const others = [...new Set(observed.data.map((each) => each.service))].filter((name) => name !== service.name);
  const also = others.length > 0 ? ` That deletes the data of ${others.join(', ')} as well.` : '';
  return {
    target: service.name,
    message: `its data was ${story}, the configuration now asks for ${wanted}`,
    hints: [
      `To keep the data: set it back to ${was}, devenv up, and export what you need. Then start empty and import it.`,
      `To start empty with ${wanted}: devenv down --data, then devenv up.${also}`,
    ],
    code: 'refused',
  };
}

export function planService(draft: Draft, service: Service): void {
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
      planLoad(draft, service, found, null);
      return;
    case 'starting':
      if (found.paused) return planStart(draft, service, found.why ?? 'it is paused', []);
      draft.plan.add('ready-service', service.name, found.why ?? 'it runs but does not answer yet');
      planLoad(draft, service, found, null);
      return;
    case 'failed':
    case 'stopped':
      return planStart(draft, service, found.why ?? 'it is stopped', []);
    case 'created':
      // Another template may have begun to fill it.
      if (found.fill !== null && found.fill !== originOf(draft, service)) {
        return planReplacement(draft, service, found, 'its data would be made from something else now');
      }
      return planFirstStart(draft, service, found);
    default:
      found.state satisfies never;
  }
}

function planFirstStart(draft: Draft, service: Service, found: ObservedService): void {
  const cause = 'it was created but never started';
  const template = found.fill === null ? null : originOf(draft, service);
  const before = planTemplate(draft, service, template, []);
  planStart(draft, service, cause, planFill(draft, service, cause, template, before), template);
}

function planNewService(draft: Draft, service: Service, cause: string, after: readonly string[]): void {
  const { name } = service;
  const hasData = engineData(draft.observed, name) !== undefined;
  const template = hasData ? null : originOf(draft, service);
  const before = planTemplate(draft, service, template, [...after, ...planFetch(draft, service)]);
  if (keepsData(service) && !hasData) {
    before.push(...forgetRuns(draft, name));
    const kept = template !== null && isBaseline(template);
    const why = kept ? `${baselineWords(template)} is kept on this machine` : 'it has none yet';
    before.push(draft.plan.add('create-data', name, why, before, template));
  }
  const created = draft.plan.add('create-service', name, cause, [...before, ...networkFirst(service)], template);
  // The network is needed at the start only: it is made while the data is filled in.
  const filled = [...planFill(draft, service, cause, template, [created]), stepId('create-network', NETWORK)];
  planStart(draft, service, cause, filled, template);
}

/** It is made with the address that the network has given this machine. */
function networkFirst({ launch }: Service): readonly string[] {
  const named = launch.kind === 'container' && launch.hostNames.length > 0;
  return named ? [stepId('create-network', NETWORK)] : [];
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
  const started = plan.add('start-service', service.name, cause, [...after, ...service.needs.flatMap(usable)]);
  plan.add('ready-service', service.name, 'it has to answer before others use it', [started], template);
  planLoad(draft, service, undefined, template);
}
