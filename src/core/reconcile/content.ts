import { baselineKey, baselineWords, changedSince, isBaseline } from '../data/baseline.ts';
import type { ObservedContent, ObservedService } from '../observed.ts';
import { stepId } from '../plan.ts';
import type { Content, Service } from '../stack.ts';
import type { Draft } from './draft.ts';

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
  if (load?.state === 'loaded' || load?.state === 'foreign') {
    const foreign = 'its data is not of this configuration, and stays as it is';
    const unchanged = changedSince(content, load) ?? 'migrations and seeds are as they were';
    draft.kept.push({ target: name, why: load.state === 'foreign' ? foreign : unchanged });
    return;
  }
  const ready = [name, ...content.redis].map((one) => stepId('ready-service', one));
  const loading = draft.plan.add('load-data', name, causeToLoad(load, template), ready);
  if (content.unshared !== null || draft.observed.templates.includes(keyOf(draft, service, content) ?? '')) return;
  draft.plan.add('share-data', name, 'other checkouts can begin with what it was loaded with', [loading]);
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
