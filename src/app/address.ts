import { UserError } from '../core/errors.ts';
import { openEnvironment } from './open.ts';
import type { CommonOptions } from './options.ts';
import { refuseUnknown } from './unknown-name.ts';

/** The address of a page: of the thing that is named, else of the first process or service that has one. */
export async function address(name: string | null, options: CommonOptions): Promise<string> {
  const { stack } = await openEnvironment(options);
  const all = [
    ...stack.processes.map((process) => ({ name: process.name, url: process.url })),
    ...stack.services.map((service) => ({ name: service.name, url: service.url.reveal() })),
  ];
  if (name !== null) {
    refuseUnknown(
      [name],
      all.map((one) => one.name),
    );
  }
  const pages = all.filter(({ url }) => url?.startsWith('http'));
  const found = pages.find((page) => name === null || page.name === name)?.url;
  if (found) return found;
  throw new UserError(name === null ? 'nothing here has a page' : `${name} has no page`, {
    code: 'usage',
    hints: pages.length > 0 ? [`These have one: ${pages.map((page) => page.name).join(', ')}`] : [],
  });
}
