import { foreignAddresses } from '../../core/data/foreign-addresses.ts';
import { UserError } from '../../core/errors.ts';
import type { Content, Stack } from '../../core/stack.ts';
import { revealed } from '../variables.ts';
import { endpointOf } from './server.ts';

/** A second URL in a `.env` must not lead a migration or a seed to a real database. Without content nothing is allowed. */
export function refuseForeignAddresses({ variables, services }: Stack, content: Content | null): void {
  const allowed = content?.allow ?? [];
  const found = foreignAddresses(
    new Map(Object.entries(revealed(variables))),
    services.map(endpointOf),
    services.map(({ name }) => name),
  ).filter(({ variable }) => !allowed.includes(variable));
  if (found.length === 0) return;
  const lines = found.map(({ variable, leadsTo }) => {
    const place = variables.get(variable)?.winner.place;
    return `${variable}${place ? ` (${place})` : ''} leads to ${leadsTo}`;
  });
  throw new UserError(`migrations and seeds could reach another database: ${lines.join('; ')}`, {
    code: 'refused',
    hints: [
      `Give ${found.length === 1 ? 'it' : 'them'} this environment's address in env:, such as \${db.url}.`,
      `Where that is meant: data.allow: [${found.map(({ variable }) => variable).join(', ')}]`,
    ],
  });
}
