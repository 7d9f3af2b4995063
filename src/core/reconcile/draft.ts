import { USER_VOLUME } from '../labels.ts';
import type { Observed, ObservedData, ObservedService } from '../observed.ts';
import { type PlanBuilder, stepId } from '../plan.ts';
import type { Service, Stack } from '../stack.ts';

/** A plan in the making, and what it is made from. */
export interface Draft {
  readonly stack: Stack;
  readonly observed: Observed;
  readonly plan: PlanBuilder;
  readonly kept: { target: string; why: string }[];
}

export function engineData(observed: Observed, service: string): ObservedData | undefined {
  return observed.data.find((data) => data.service === service && data.engine !== USER_VOLUME);
}

/** What has to be over before a need of somebody's can be used. */
export function usable(need: string): readonly string[] {
  return (['ready-service', 'load-data', 'mend-data', 'share-data'] as const).map((kind) => stepId(kind, need));
}

/** Once the mocks answer: for what may call them. */
export function mocksReady({ stack }: Draft): readonly string[] {
  return stack.mocks ? [stepId('ready-process', stack.mocks.process)] : [];
}

/** Whether its container calls this machine. */
export function callsHost({ launch }: Service): boolean {
  return launch.kind === 'container' && launch.hostNames.length > 0;
}

export function keepsData(service: Service): boolean {
  return service.launch.kind !== 'container' || service.launch.dataPath !== null;
}

/** A container that waits for its first content has an empty or half-filled volume: nothing of the user's is in it. */
export function isUnfilled(found: ObservedService | undefined): boolean {
  return found?.state === 'created' && found.fill !== null;
}
