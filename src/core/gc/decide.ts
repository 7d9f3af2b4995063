import { isBaseline } from '../data/baseline.ts';
import type { RuntimeName } from '../stack.ts';
import type { ProgramRecord, TemplateRecord } from '../store.ts';
import { beyondLimit } from './baselines.ts';
import type { FoundEnvironment, FoundLeftover, FoundStore, Inventory } from './inventory.ts';

/** `record`: ports and files of an environment of which nothing else is left. */
export type ThingKind = 'environment' | 'record' | 'template' | 'baseline' | 'program' | 'leftover';

/** What becomes of one thing, and why. One element of `devenv gc --json`; part of the interface. */
export interface Verdict {
  readonly kind: ThingKind;
  readonly id: string;
  /** For a person. */
  readonly name: string;
  readonly runtime: RuntimeName | null;
  readonly path: string | null;
  readonly sizeBytes: number | null;
  readonly remove: boolean;
  readonly why: string;
}

/** A verdict on everything, the kept too. */
export function decide(inventory: Inventory): readonly Verdict[] {
  const environments = inventory.environments.map((found) => decideEnvironment(found, inventory.user));
  const kept = new Set(environments.filter(({ remove }) => !remove).map(({ id }) => id));
  return [
    ...environments,
    ...inventory.stores.flatMap((store) => decideStore(store, kept, inventory)),
    ...inventory.leftovers.map(leftover),
  ];
}

/** Also asked again under the environment's lock, right before it goes. */
export function decideEnvironment(found: FoundEnvironment, user: string): Verdict {
  const { id, project, path, holds, sizeBytes } = found;
  const [remove, why] = environmentRule(found, user);
  const kind = holds.length > 0 || found.runs ? 'environment' : 'record';
  const name = project === '' ? id : `${project} ${id}`;
  return { kind, id, name, runtime: holds[0]?.runtime ?? null, path: path || null, sizeBytes, remove, why };
}

type Rule = readonly [remove: boolean, why: string];

function environmentRule(found: FoundEnvironment, user: string): Rule {
  const { checkout, id } = found;
  const onEngine = found.holds.find(({ runtime }) => runtime === 'docker');
  if (onEngine && onEngine.owner !== user) {
    return [false, onEngine.owner === null ? 'no label tells whose it is' : `it belongs to user ${onEngine.owner}`];
  }
  if (found.kind !== 'dev') return [false, `it is no checkout's but a ${found.kind}`];
  if (checkout.state !== 'gone') return [false, checkout.why];
  if (found.worksIn !== null) {
    return [false, `${checkout.why}, but its processes work in ${found.worksIn}: devenv down ${id} --data`];
  }
  if (onEngine && !found.recorded) {
    return [false, `${checkout.why}, but it may have been made in a container: devenv down ${id} --data`];
  }
  if (found.elsewhere !== null) return [false, `${checkout.why}, but ${found.elsewhere}`];
  return [true, found.runs ? `${checkout.why}; it still runs` : checkout.why];
}

/** Templates of programs that go are of no use any more: so they go in the same turn. */
function decideStore(store: FoundStore, kept: ReadonlySet<string>, inventory: Inventory): Verdict[] {
  const { runtime } = store;
  const programs = store.programs.map((program) =>
    verdict('program', program.name, runtime, program.sizeBytes, programRule(program, kept, inventory)),
  );
  const going = new Set(programs.filter(({ remove }) => remove).map(({ id }) => id));
  const makers = new Set(store.makers.filter((maker) => !going.has(maker)));
  const rule = (template: TemplateRecord) => templateRule(template, makers, inventory);
  const stay = store.templates.filter((template) => !rule(template)[0]);
  const beyond = new Set(beyondLimit(stay, inventory.baselineBytes));
  const templates = store.templates.map((template) => {
    const { key, sizeBytes, project } = template;
    const own = beyond.has(key) ? tooMuch(template, inventory) : rule(template);
    if (!isBaseline(key)) return verdict('template', key, runtime, sizeBytes, own);
    return { ...verdict('baseline', key, runtime, sizeBytes, own), name: `${project} ${key}` };
  });
  return [...programs, ...templates];
}

function verdict(kind: ThingKind, id: string, runtime: RuntimeName, sizeBytes: number, [remove, why]: Rule): Verdict {
  return { kind, id, name: id, runtime, path: null, sizeBytes, remove, why };
}

function tooMuch(template: TemplateRecord, inventory: Inventory): Rule {
  const [, used] = ageRule(template, inventory);
  return [true, `${used}, the longest ago, and baselines may take ${inventory.baselineBytes / 1e9} GB`];
}

function programRule(program: ProgramRecord, kept: ReadonlySet<string>, inventory: Inventory): Rule {
  if (program.running) return [false, 'a server runs from it'];
  if (program.supersededBy !== null) return [true, `${program.supersededBy} is used instead`];
  const user = program.usedBy.find((id) => kept.has(id));
  return user === undefined ? ageRule(program, inventory) : [false, `environment ${user} uses it`];
}

function templateRule(template: TemplateRecord, makers: ReadonlySet<string>, inventory: Inventory): Rule {
  if (template.madeBy !== null && !makers.has(template.madeBy)) return [true, `${short(template.madeBy)} is gone`];
  return ageRule(template, inventory);
}

function ageRule({ lastUsed }: { readonly lastUsed: string }, { now, unusedForMs }: Inventory): Rule {
  const ms = now - Date.parse(lastUsed);
  return ms > unusedForMs ? [true, `not used for ${age(ms)}`] : [false, `used ${age(ms)} ago`];
}

function leftover({ id, what, why, sizeBytes, runtime }: FoundLeftover): Verdict {
  return { kind: 'leftover', id, name: what, runtime, path: id, sizeBytes, remove: true, why };
}

function short(maker: string): string {
  return maker.startsWith('sha256:') ? `its image ${maker.slice('sha256:'.length, 'sha256:'.length + 12)}` : maker;
}

const HOUR_MS = 3_600_000;

function age(ms: number): string {
  const hours = Math.max(0, Math.floor(ms / HOUR_MS));
  if (hours < 1) return 'less than an hour';
  if (hours < 48) return hours === 1 ? 'an hour' : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}
