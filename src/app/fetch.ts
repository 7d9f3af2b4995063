import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/errors.ts';
import type { Report } from '../core/execute.ts';
import type { Plan, Refusal } from '../core/plan.ts';
import type { Runtime } from '../core/runtime.ts';
import type { Service } from '../core/stack.ts';
import type { OpenEnvironment } from './open.ts';

/** In which a registry says that it has no such image, or doesn't answer: the first failure waits for others this long. */
const GRACE_MS = 2_000;

type Fetch = (service: Service, report: Report, signal: AbortSignal) => Promise<void>;

/** Fetches for one `up`. What can't be had is told of all together: else each `up` would name one more. */
export function fetcher(runtime: Runtime): Fetch {
  const begun: Promise<void>[] = [];
  const failed: UserError[] = [];
  return async (service, report, signal) => {
    const fetching = runtime.fetch(service, report, signal);
    begun.push(fetching);
    try {
      await fetching;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failed.push(error);
      await Promise.race([Promise.allSettled(begun), sleep(GRACE_MS, undefined, { signal })]);
      throw together(failed);
    }
  };
}

function together(errors: readonly UserError[]): UserError {
  const [first] = errors;
  if (!first || errors.length === 1) return first as UserError;
  const hints = [...new Set(errors.flatMap((error) => error.hints))];
  return new UserError(errors.map(({ message }) => message).join('\n'), { code: first.code, hints, cause: first });
}

/** Without the network, fetching is but a look: what is missing is known before anything begins. */
export async function missingOffline(
  { stack, runtime }: OpenEnvironment,
  plan: Plan,
  signal: AbortSignal,
): Promise<readonly Refusal[]> {
  const fetched = new Set(plan.steps.filter(({ kind }) => kind === 'fetch').map(({ target }) => target));
  const services = stack.services.filter(({ name }) => fetched.has(name));
  const refusals = services.map(async (service): Promise<readonly Refusal[]> => {
    try {
      await runtime.fetch(service, () => {}, signal);
      return [];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return [{ target: service.name, message: error.message, hints: error.hints, code: 'noRuntime' }];
    }
  });
  return (await Promise.all(refusals)).flat();
}
