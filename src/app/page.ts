import { UserError } from '../core/errors.ts';
import { openEnvironment } from './open.ts';
import type { CommonOptions } from './options.ts';
import { refuseUnknown } from './unknown-name.ts';

/** The shape of `devenv open --json`; part of the interface. */
export interface Page {
  readonly name: string;
  readonly url: string;
}

/** The page of the thing that is named, else of the first process or service that has one. */
export async function page(name: string | null, options: CommonOptions): Promise<Page> {
  const { stack } = await openEnvironment(options);
  const all = [
    ...stack.processes.map((process) => ({ name: process.name, url: process.url })),
    ...stack.services.map((service) => ({ name: service.name, url: service.url?.reveal() ?? null })),
  ];
  if (name !== null) {
    refuseUnknown(
      [name],
      all.map((one) => one.name),
    );
  }
  const pages = all.filter((one): one is Page => one.url?.startsWith('http') === true);
  const found = pages.find((one) => name === null || one.name === name);
  if (found) return found;
  throw new UserError(name === null ? 'nothing here has a page' : `${name} has no page`, {
    code: 'usage',
    hints: pages.length > 0 ? [`These have one: ${pages.map((one) => one.name).join(', ')}`] : [],
  });
}
