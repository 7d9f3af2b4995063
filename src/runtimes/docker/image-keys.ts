import type Dockerode from 'dockerode';
import { UserError } from '../../core/errors.ts';
import { findLive } from '../../core/guard/find.ts';
import type { ContainerLaunch } from '../../core/stack.ts';
import { engineCall } from './connect.ts';

/** What an image gives to every container of it. */
export interface ImageConfig {
  readonly Env?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Cmd?: readonly string[] | string | null;
  readonly Entrypoint?: readonly string[] | string | null;
  readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
  readonly WorkingDir?: string | null;
  readonly User?: string | null;
  readonly OnBuild?: readonly string[] | null;
}

/** A live key that was baked into an image would come in past every variable that devenv knows of. */
export function refuseImageKeys(service: string, { image, env, command }: ContainerLaunch, config: ImageConfig): void {
  const variables = (config.Env ?? []).filter((pair) => !Object.hasOwn(env, nameOf(pair)));
  const words = [config.Entrypoint ?? [], command.length > 0 ? [] : (config.Cmd ?? [])].flat().join(' ');
  const found = [
    ...variables.flatMap((pair) => said(`ENV ${nameOf(pair)}`, pair)),
    ...Object.entries(config.Labels ?? {}).flatMap(([name, value]) => said(`LABEL ${name}`, `${name}=${value}`)),
    ...said('its command', words),
    ...said('HEALTHCHECK', (config.Healthcheck?.Test ?? []).join(' ')),
    ...said('WORKDIR', config.WorkingDir ?? ''),
    ...said('USER', config.User ?? ''),
    ...said('ONBUILD', (config.OnBuild ?? []).join(' ')),
  ];
  if (found.length === 0) return;
  throw new UserError([`${service}: a live key is in the image ${image}:`, ...found].join('\n  '), {
    code: 'failed',
    hints: [
      'Whoever has the image has the key: replace it at its provider, and build the image without it.',
      `Until then services.${service}.env may give such a variable another value.`,
    ],
  });
}

/** What the image of a service says of itself; without a live key in it. */
export async function imageConfig(docker: Dockerode, service: string, launch: ContainerLaunch) {
  const { image } = launch;
  const { Config } = await engineCall(`looking at the image ${image}`, () => docker.getImage(image).inspect());
  refuseImageKeys(service, launch, Config);
  return Config;
}

function nameOf(pair: string): string {
  return pair.split('=')[0] ?? '';
}

function said(where: string, text: string): readonly string[] {
  const keys = findLive(text);
  return [...new Set(keys.map(({ provider, starts }) => `${where}: ${provider}, ${starts}…`))];
}
