import { unsupported } from '../api/errors.ts';
import { type Resource, route } from '../api/route.ts';
import { integer, text } from '../params/scalars.ts';

const SEARCHED = ['charges', 'customers', 'invoices', 'payment_intents', 'prices', 'products', 'subscriptions'];

/** https://docs.stripe.com/search: a language of its own; lists with their filters do for most of it. */
export const search: Resource = {
  routes: SEARCHED.map((name) =>
    route('GET', `/v1/${name}/search`, { query: text(), limit: integer(), page: text() }, () => {
      throw unsupported(`search; lists have filters: GET /v1/${name}`);
    }),
  ),
};
