import type { Chosen, Results } from '../app/data/on-own-server.ts';
import type { CommandContext, OptionSpec } from './command.ts';
import { text } from './flags.ts';

/** Of verbs that are about all databases whose data the configuration tells. */
export const SERVICE: OptionSpec = {
  flags: '--service <name>',
  description: 'only this Postgres, where there are several',
  offers: 'services:postgres',
};

export function chosenServices({ options }: Pick<CommandContext, 'options'>): Chosen {
  const service = text(options, 'service');
  return service === undefined ? {} : { services: [service] };
}

/**
 * Says of each database what was done, as soon as it is; with `--json` all of it at the end: an object, or a list of them
 * where there are several databases that it could have been about.
 */
export async function printEach<T>(
  { options, terminal }: Pick<CommandContext, 'options' | 'terminal'>,
  textOf: (result: T) => string,
  act: (done: (result: T) => void) => Promise<Results<T>>,
): Promise<void> {
  const json = options.json === true;
  const found = await act((result) => {
    if (!json) terminal.print(textOf(result));
  });
  if (json) terminal.print(jsonOf(found));
}

export function jsonOf<T>({ results, several }: Results<T>): string {
  return JSON.stringify(several ? results : results[0], null, 2);
}
