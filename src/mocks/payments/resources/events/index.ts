import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { list, notHereYet } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import { text } from '../../params/scalars.ts';

const filters = { type: text(), types: list(text(), { max: 20 }), ...notHereYet('delivery_success') };

/** https://docs.stripe.com/api/events */
export const events: Resource = {
  routes: [
    listRoute('/v1/events', 'event', {
      more: filters,
      shown: ({ type }, { params }) => {
        const { type: one, types = one === undefined ? ['*'] : [one] } = params as Params<typeof filters>;
        return types.some((asked) => isOfType(type, asked));
      },
    }),
    route('GET', '/v1/events/:id', {}, ({ id, tx }) => tx.get('event', id)),
  ],
};

/** `invoice.*` names a group of them. */
function isOfType(type: string, asked: string): boolean {
  return asked === type || asked === '*' || (asked.endsWith('.*') && type.startsWith(asked.slice(0, -1)));
}
