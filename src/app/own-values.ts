import { Secret } from '../core/secret.ts';
import type { Process, Service, Stack, VariableSource } from '../core/stack.ts';

/** A value that one service or process gets and the others don't. */
export interface OwnValue {
  /** Name of the service or process. */
  readonly target: string;
  readonly value: Secret;
  /** The key of the configuration that gives it, or a place that gives it to all. */
  readonly from: string | VariableSource;
}

/** Who gets another value of a variable than `devenv env` and `devenv run` do. */
export function ownValues(stack: Stack, name: string): readonly OwnValue[] {
  const shared = stack.variables.get(name);
  const ofProcess = ({ name: target, env, ownSources }: Process): OwnValue[] => {
    const value = env[name];
    // The same source may give another value: one that refers to what this process has for itself.
    const source = ownSources.findLast((own) => own.name === name) ?? shared?.winner;
    if (!value || !source || value.reveal() === shared?.value.reveal()) return [];
    return [{ target, value, from: ownSources.includes(source) && source.layer !== 'minted' ? source.place : source }];
  };
  const ofService = (service: Service): OwnValue[] => {
    const value = serviceEnv(service)[name];
    if (value === undefined) return [];
    return [{ target: service.name, value, from: `services.${service.name}` }];
  };
  return [...stack.services.flatMap(ofService), ...stack.processes.flatMap(ofProcess)];
}

/** Every variable that somebody gets. */
export function variableNames(stack: Stack): readonly string[] {
  const own = [...stack.services.map(serviceEnv), ...stack.processes.map(({ env }) => env)].flatMap(Object.keys);
  return [...new Set([...stack.variables.keys(), ...own])];
}

/** A service gets nothing but what is its own. */
function serviceEnv({ launch }: Service): Readonly<Record<string, Secret>> {
  if (launch.kind === 'none') return {};
  const plain = Object.entries(launch.env).map(([name, value]) => [name, new Secret(value)] as const);
  return { ...Object.fromEntries(plain), ...(launch.kind === 'container' ? launch.secretEnv : {}) };
}
