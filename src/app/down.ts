import { MOCKS } from '../config/check-mocks.ts';
import { findProject } from '../config/load.ts';
import { UserError } from '../core/errors.ts';
import type { Ask } from '../core/events.ts';
import { execute, type Perform } from '../core/execute.ts';
import type { Plan } from '../core/plan.ts';
import { reconcileDown } from '../core/reconcile/index.ts';
import { holdsPayments } from '../mocks/holds-payments.ts';
import { identify } from '../state/identity.ts';
import { releasePorts } from '../state/ports.ts';
import { removeRecord } from '../state/records.ts';
import { confirmDeletion } from './confirm-deletion.ts';
import { tellDecision } from './decisions.ts';
import { environmentLock } from './environment-lock.ts';
import { isMine, ls } from './ls.ts';
import { mocksFolder } from './mocks/folder.ts';
import { observeId } from './observe.ts';
import type { CommonOptions } from './options.ts';
import { performDown } from './perform.ts';
import { runtimesOf } from './runtimes-of.ts';

export interface DownOptions extends CommonOptions {
  /** Of an environment whose checkout may be gone; null for the one of the current checkout. */
  readonly id: string | null;
  readonly data: boolean;
  /** Answers the question before data is deleted. */
  readonly yes: boolean;
  readonly ask: Ask;
}

/** Ends an environment. Data stays unless its deletion was asked for and confirmed. */
export async function down(options: DownOptions): Promise<readonly Plan[]> {
  const id = options.id === null ? await idOf(options.cwd) : await knownId(options.id);
  await using _lock = await environmentLock(id, options);
  // With one runtime named, another may still hold something.
  const isWhole = options.data && options.runtime === null;
  const endings: Ending[] = [];
  for (const { runtime, why } of await runtimesOf(id, options.runtime)) {
    tellDecision(options.emit, runtime.name, `${runtime.about}, ${why}`);
    const plan = reconcileDown(await observeId(id, runtime), { data: options.data });
    endings.push({ plan, perform: performDown(id, runtime) });
  }
  const plans = endings.map(({ plan }) => plan);
  if (options.data) await confirm(plans, isWhole && (await holdsPayments(mocksFolder(id))) ? [MOCKS] : [], options);
  for (const { plan, perform } of endings) {
    if (plan.steps.length > 0) options.emit({ type: 'plan', steps: plan.steps, kept: plan.kept });
    await execute(plan, perform, { emit: options.emit, signal: options.signal, now: Date.now });
  }
  // Once, however many runtimes were looked at.
  if (plans.every((plan) => plan.steps.length === 0)) {
    options.emit({ type: 'plan', steps: [], kept: plans.flatMap(({ kept }) => kept) });
  }
  if (isWhole) {
    await releasePorts(id);
    await removeRecord(id);
  }
  return plans;
}

/** What is to be done with one runtime. */
interface Ending {
  readonly plan: Plan;
  readonly perform: Perform;
}

/** Not from the configuration: it may be broken by now, and what runs has to end all the same. */
async function idOf(cwd: string): Promise<string> {
  const { root } = await findProject(cwd);
  return (await identify(root)).id;
}

/** One that exists: a mistyped id would be called ended. */
async function knownId(id: string): Promise<string> {
  const { environments, incomplete } = await ls({ sizes: false, all: true });
  const found = environments.filter((environment) => environment.id === id);
  if (found.some(isMine)) return id;
  if (found[0]) throw new UserError(`environment ${id} belongs to user ${found[0].owner}`, { code: 'refused' });
  throw new UserError(`there is no environment ${id} on this machine`, {
    code: 'usage',
    hints: [
      ...(incomplete ? [`No Docker engine answers, so it may be there: ${incomplete}`] : []),
      'devenv ls shows their ids.',
    ],
  });
}

/** `beside`: what else holds data that goes. */
async function confirm(plans: readonly Plan[], beside: readonly string[], options: DownOptions): Promise<void> {
  const steps = plans.flatMap((plan) => plan.steps);
  const removed = steps.filter((step) => step.kind === 'remove-data').map((step) => step.target);
  const doomed = [...new Set([...removed, ...beside])];
  const stops = steps.some(({ kind }) => kind === 'stop-service' || kind === 'stop-supervisor');
  if (doomed.length === 0 || options.yes) return;
  await confirmDeletion(options.ask, {
    id: 'delete-data',
    text: `Delete the data of ${doomed.toSorted().join(', ')}${stops ? ' and stop everything' : ''}?`,
    otherwise: 'devenv down --data --yes deletes without asking.',
  });
}
