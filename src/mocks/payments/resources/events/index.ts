import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { list, notHereYet } from '../../params/composed.ts';
import { text } from '../../params/scalars.ts';

/** https://docs.stripe.com/api/events */
export const events: Resource = {
  routes: [
    listRoute('/v1/events', 'event', {
      by: ['type'],
      more: { types: list(text(), { max: 20 }), ...notHereYet('delivery_success') },
      shown: ({ type }, { params }) => {
        const { types } = params as { readonly types?: readonly string[] };
        return types === undefined || types.some((one) => isOfType(type, one));
      },
    }),
    route('GET', '/v1/events/:id', {}, ({ id, tx }) => tx.get('event', id)),
  ],
};

/** `invoice.*` names a group of them. */
function isOfType(type: string, asked: string): boolean {
  return asked === type || asked === '*' || (asked.endsWith('.*') && type.startsWith(asked.slice(0, -1)));
}
