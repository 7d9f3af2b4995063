/**
 * What is done to one service, process or the environment as a whole: one call to a runtime or the supervisor, or where
 * data is loaded or shared, one use case of `app/data`.
 */
export type StepKind = BeginningKind | EndingKind;

export type BeginningKind =
  | 'fetch'
  | 'create-template'
  | 'create-network'
  | 'create-data'
  | 'create-service'
  | 'fill-service'
  | 'start-service'
  | 'ready-service'
  /** Migrations and seeds, where its database is empty. */
  | 'load-data'
  /** Brings back what a command that was cut off has left of its database, or of the keys that go with it. */
  | 'mend-data'
  /** Keeps what was loaded for other checkouts; its server is stopped meanwhile. */
  | 'share-data'
  | 'start-supervisor'
  | 'start-process'
  | 'ready-process'
  | 'run-hook';

/** What needs no stack: an environment without its checkout can be ended too. */
export type EndingKind =
  | 'stop-service'
  | 'remove-service'
  /** All data of a service, also in volumes that the user named. */
  | 'remove-data'
  /** New data that never got its first content. */
  | 'discard-data'
  | 'remove-network'
  | 'stop-process'
  | 'stop-supervisor';

export const NETWORK = 'network';
export const SUPERVISOR = 'supervisor';

export interface Step {
  /** `kind target`: unique within a plan. */
  readonly id: string;
  readonly kind: StepKind;
  /** Name of the service, process or hook; NETWORK or SUPERVISOR for what an environment has one of. */
  readonly target: string;
  /** Why it is done, in words for a person. */
  readonly cause: string;
  /** Ids of steps that have to be done before. */
  readonly after: readonly string[];
  /** Those of them that it merely comes after: where they are left out, it is done all the same. */
  readonly behind?: readonly string[];
  /** Key of the template that new data is filled with; for the steps that create and fill it, and wait for its first answer. */
  readonly template?: string;
}

/** A reason not to begin at all, with the way forward. */
export interface Refusal {
  readonly target: string;
  /** Of the target's keys the one that it is about, where there is one. */
  readonly key?: string;
  readonly message: string;
  readonly hints: readonly string[];
  readonly code: 'refused' | 'noRuntime' | 'failed';
}

export interface Plan {
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusal[];
  /** What was kept and why, for `--verbose` and `--dry-run`. */
  readonly kept: readonly Kept[];
}

export interface Kept {
  readonly target: string;
  readonly why: string;
}

/** Collects steps; a dependency on a step that isn't in the plan is dropped, because what it would do is done already. */
export class PlanBuilder {
  readonly #steps: Step[] = [];

  add(kind: StepKind, target: string, cause: string, after: readonly string[] = [], template?: string | null): string {
    const id = stepId(kind, target);
    this.#steps.push({ id, kind, target, cause, after: [...after], ...(template ? { template } : {}) });
    return id;
  }

  /** Has a step wait for others that it doesn't need, where they are done too. */
  putBehind(id: string, others: readonly string[]): void {
    const index = this.#steps.findIndex((step) => step.id === id);
    const step = this.#steps[index];
    const behind = others.filter((other) => !step?.after.includes(other));
    if (step && behind.length > 0) this.#steps[index] = { ...step, after: [...step.after, ...behind], behind };
  }

  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }

  /** In an order in which every step comes after those that it waits for. */
  steps(): readonly Step[] {
    const ids = new Set(this.#steps.map((step) => step.id));
    const known = this.#steps.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) }));
    return sortByDependency(known);
  }
}

/**
 * The steps for these targets and all that they wait for; the whole plan when none is named. Where something is refused
 * there are no steps to tell who needs it, so it stays refused.
 */
export function onlyFor(plan: Plan, targets: readonly string[]): Plan {
  if (targets.length === 0) return plan;
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const wanted = new Set<Step>();
  const add = (step: Step | undefined): void => {
    if (!step || wanted.has(step)) return;
    wanted.add(step);
    for (const id of step.after) if (!step.behind?.includes(id)) add(byId.get(id));
  };
  for (const step of plan.steps) if (targets.includes(step.target)) add(step);
  const steps = plan.steps.filter((step) => wanted.has(step));
  const ids = new Set(steps.map(({ id }) => id));
  return { ...plan, steps: steps.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) })) };
}

export function stepId(kind: StepKind, target: string): string {
  return `${kind} ${target}`;
}

function sortByDependency(steps: readonly Step[]): readonly Step[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const sorted = new Map<string, Step>();
  const visit = (step: Step): void => {
    if (sorted.has(step.id)) return;
    for (const id of step.after) visit(byId.get(id) as Step);
    sorted.set(step.id, step);
  };
  for (const step of steps) visit(step);
  return [...sorted.values()];
}

/** The plan as lines: what `--dry-run` prints and tests assert. */
export function planText(plan: Plan): string {
  const width = Math.max(0, ...plan.steps.map((step) => step.id.length));
  const lines = plan.steps.map((step) => `${step.id.padEnd(width)}  ${step.cause}`);
  const refused = plan.refusals.map((refusal) => `refused ${refusal.target}: ${refusal.message}`);
  return [...refused, ...lines].join('\n');
}
