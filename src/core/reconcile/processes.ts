import type { ObservedProcess } from '../observed.ts';
import { NETWORK, SUPERVISOR, stepId } from '../plan.ts';
import type { Process } from '../stack.ts';
import { differences } from './differences.ts';
import { type Draft, usable } from './draft.ts';

export function planProcesses(draft: Draft): void {
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
  const { todo, cause } = found ? verdict(draft, process, found) : { todo: 'start', cause: 'it is not running' };
  const needs = process.needs.flatMap((need) => [...usable(need), stepId('ready-process', need)]);
  const first = [stepId('start-supervisor', SUPERVISOR), stepId('create-network', NETWORK)];
  // Containers call the mocks over their network: what listens there comes after it.
  const after = [...(process.name === draft.stack.mocks?.process ? first : first.slice(0, 1)), ...needs];
  if (todo === 'keep') draft.kept.push({ target: process.name, why: cause });
  if (todo === 'wait') draft.plan.add('ready-process', process.name, cause, after);
  if (todo === 'start') {
    const started = draft.plan.add('start-process', process.name, cause, after);
    draft.plan.add('ready-process', process.name, 'others may need it', [started]);
  }
}

interface Verdict {
  readonly todo: 'keep' | 'wait' | 'start';
  readonly cause: string;
}

function verdict(draft: Draft, process: Process, found: ObservedProcess): Verdict {
  const changes = differences(found.fingerprint, process.fingerprint);
  if (changes.length > 0) return { todo: 'start', cause: changes.join(', ') };
  switch (found.state) {
    case 'ready':
      return UNCHANGED;
    case 'done': {
      const cause = reasonToRunAgain(draft, process);
      return cause === null ? DONE : { todo: 'start', cause };
    }
    case 'starting':
      return { todo: 'wait', cause: 'it runs but is not ready yet' };
    case 'failed':
    case 'backoff':
    case 'stopped':
      return { todo: 'start', cause: found.why ?? `it is ${found.state}` };
    default:
      return found.state satisfies never;
  }
}

const UNCHANGED: Verdict = { todo: 'keep', cause: 'it runs and nothing about it has changed' };
const DONE: Verdict = { todo: 'keep', cause: 'it has run and nothing about it has changed' };

/** A process that runs once, such as a migration, belongs to the data it ran on. */
function reasonToRunAgain(draft: Draft, process: Process): string | null {
  const fresh = draft.plan.steps().find((step) => step.kind === 'create-data' && restsOn(draft, process, step.target));
  return fresh ? `the data of ${fresh.target} is new` : null;
}

/** Before there is new data: were that cut off later, nothing would tell that they ran on other data. */
export function forgetRuns({ stack, observed, plan }: Draft, service: string): readonly string[] {
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
