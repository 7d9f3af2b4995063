import type { LoadedConfig } from '../../config/load.ts';
import { type Given, judge, type LiveKeys } from '../../core/guard/judge.ts';
import { MINTED_PAYMENTS } from '../../core/guard/shapes.ts';
import { Secret } from '../../core/secret.ts';
import { isPreview, type Process, type Service, type Stack } from '../../core/stack.ts';
import type { Checkout } from '../open.ts';
import { placeOf } from './place-of.ts';

type Resolved = Omit<Stack, 'liveKeys'>;

/** What the guard has to say of a stack. */
export function liveKeysOf(stack: Resolved, { loaded, allowLive }: Pick<Checkout, 'loaded' | 'allowLive'>): LiveKeys {
  return judge(givenBy(stack, loaded), {
    flag: allowLive,
    configuration: loaded.config.guard.allow,
    preview: isPreview(stack.environment),
    paymentsMocked: arePaymentsMocked(stack),
  });
}

/** Where Stripe itself is called, its own webhook secret is the one that fits. */
function arePaymentsMocked({ variables, mocks }: Resolved): boolean {
  if (mocks?.passedOn.some(({ provider }) => provider === 'stripe')) return false;
  return [...variables.values()].some(
    ({ winner, value }) => winner.layer === 'minted' && MINTED_PAYMENTS.test(value.reveal()),
  );
}

/** Everything that a process, a container, a hook, a migration or a seed gets of this stack: variables, commands and input. */
function givenBy(stack: Resolved, loaded: LoadedConfig): readonly Given[] {
  const { variables, services, processes, hooks } = stack;
  const shared = [...variables.values()].map(({ name, value, winner }): Given => {
    return { name, value, place: () => winner.place, fromShell: winner.layer === 'shell' };
  });
  const command = (key: string, text: string): Given => {
    return { name: key, value: new Secret(text), place: () => fileOf(loaded, key), fromShell: false };
  };
  const migrations = loaded.config.data.flatMap(({ migrate }) =>
    migrate ? [command('data.migrate.run', migrate.run)] : [],
  );
  return [
    ...shared,
    ...processes.flatMap((process) => [
      ...ownVariables(process, stack, loaded),
      command(`processes.${process.name}.command`, process.command.line),
      ...(process.input ? [{ ...command(process.name, ''), value: process.input }] : []),
    ]),
    ...keyCommands(loaded.config).map(({ provider, argv }) =>
      command(`mocks.keys.${provider}.command`, argv.join(' ')),
    ),
    ...services.flatMap((service) => serviceVariables(service, loaded)),
    ...(hooks.ready ? [command('hooks.ready', hooks.ready.line)] : []),
    ...migrations,
  ];
}

/** What prints a provider's own key; one that stands in the command itself is in the configuration. */
function keyCommands({ mocks }: LoadedConfig['config']) {
  return Object.entries(mocks?.keys ?? {}).flatMap(([provider, source]) =>
    source?.from === 'command' ? [{ provider, argv: source.argv }] : [],
  );
}

/** Of a process those that it has for itself, or with another value because of what it has for itself. */
function ownVariables({ name, env, ownSources }: Process, { variables }: Resolved, loaded: LoadedConfig): Given[] {
  return Object.entries(env).flatMap(([variable, value]): Given[] => {
    const shared = variables.get(variable);
    if (shared?.value.reveal() === value.reveal()) return [];
    const key = `processes.${name}.env.${variable}`;
    const isOwn = ownSources.some((source) => source.name === variable);
    const place = () => (isOwn || !shared ? `${fileOf(loaded, key)}, processes.${name}` : shared.winner.place);
    return [{ name: variable, value, place, fromShell: false }];
  });
}

function serviceVariables({ name, launch }: Service, loaded: LoadedConfig): readonly Given[] {
  if (launch.kind === 'none') return [];
  const given = (key: string, text: string, variable: string): Given => {
    return {
      name: variable,
      value: new Secret(text),
      place: () => `${fileOf(loaded, key)}, services.${name}`,
      fromShell: false,
    };
  };
  const words = launch.kind === 'container' ? launch.command : launch.run;
  const command = `services.${name}.command`;
  return [
    ...Object.entries(launch.env).map(([variable, text]) => given(`services.${name}.env.${variable}`, text, variable)),
    given(command, words.join(' '), command),
  ];
}

/** `devenv.config.yaml:12`; of what no file names, such as a schedule of devenv's own, the configuration. */
function fileOf(loaded: LoadedConfig, key: string): string {
  return placeOf(loaded, key).split(' in ')[1] ?? 'the configuration';
}
