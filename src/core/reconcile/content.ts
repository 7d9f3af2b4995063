import { baselineKey, baselineWords, changedSince, isBaseline } from '../data/baseline.ts';
import { cutOffWords } from '../data/cut-off.ts';
import type { ObservedContent, ObservedService } from '../observed.ts';
import { stepId } from '../plan.ts';
import { type Content, findService, type Service, type Stack } from '../stack.ts';
import { type Draft, mocksReady, usable } from './draft.ts';

/** Where it can't be asked yet, the step finds out by itself: what is loaded is left as it is. */
export function planLoad(
  draft: Draft,
  service: Service,
  found: ObservedService | undefined,
  template: string | null,
): void {
  const { content, name } = service;
  if (!content) return;
  const load = found?.content;
  const ready = [name, ...content.redis].map((one) => stepId('ready-service', one));
  const before = [...ready, ...mocksReady(draft)];
  const cutOff = load ? cutOffWords(load) : null;
  if (cutOff !== null) {
    draft.plan.add('mend-data', name, cutOff, before);
    return;
  }
  if (load?.state === 'loaded' || load?.state === 'foreign') {
    const foreign = 'its data is not of this configuration, and stays as it is';
    const unchanged = changedSince(content, load) ?? 'migrations and seeds are as they were';
    draft.kept.push({ target: name, why: load.state === 'foreign' ? foreign : unchanged });
    return;
  }
  const loading = draft.plan.add('load-data', name, causeToLoad(load, template), before);
  draft.plan.putBehind(loading, loadedBefore(draft.stack, name).flatMap(usable));
  if (content.unshared !== null || draft.observed.templates.includes(keyOf(draft, service, content) ?? '')) return;
  draft.plan.add('share-data', name, 'other checkouts can begin with what it was loaded with', [loading]);
}

/**
 * Databases that are loaded and kept before this one, which its migration may therefore read: those that stand before it
 * in the configuration, unless one needs the other; then that comes first. Two at once would get in each other's way where
 * a server is stopped to be copied.
 */
function loadedBefore(stack: Stack, service: string): readonly string[] {
  const left = stack.services
    .filter(({ content }) => content !== null)
    .sort((a, b) => (a.content?.position ?? 0) - (b.content?.position ?? 0));
  const order: string[] = [];
  while (!order.includes(service)) {
    const isFree = ({ name }: Service) => !left.some((other) => other.name !== name && needs(stack, name, other.name));
    // Needs never go round in a circle: one is free.
    const [next] = left.splice(Math.max(0, left.findIndex(isFree)), 1);
    if (!next) break;
    order.push(next.name);
  }
  return order.slice(0, -1);
}

function needs(stack: Stack, name: string, wanted: string): boolean {
  return (findService(stack, name)?.needs ?? []).some((need) => need === wanted || needs(stack, need, wanted));
}

function causeToLoad(load: ObservedContent | undefined, template: string | null): string {
  if (template !== null && isBaseline(template)) return `${baselineWords(template)} is to be made its own`;
  if (load?.state === 'begun') return 'loading its data was cut off';
  return load?.state === 'empty' ? 'its database is empty' : 'its database may be empty';
}

/** Key of what new data is filled with: its baseline where this machine has it, else what its engine begins with. */
export function originOf(draft: Draft, service: Service): string | null {
  const { content, launch } = service;
  const key = content?.unshared === null ? keyOf(draft, service, content) : null;
  if (key !== null && draft.observed.templates.includes(key)) return key;
  return launch.template?.key ?? null;
}

/** Null where it isn't known yet what the data would be made by. */
function keyOf({ observed }: Draft, { name }: Service, { baseline }: Content): string | null {
  const maker = observed.makers[name];
  return maker === undefined ? null : baselineKey(baseline, maker);
}
