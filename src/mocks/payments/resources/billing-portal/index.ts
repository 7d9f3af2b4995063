import type { Stripe } from 'stripe';
import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { missingParameter, notHereYet } from '../../params/composed.ts';
import { text, url } from '../../params/scalars.ts';
import { liveCustomer } from '../customers/live.ts';
import { defaultConfiguration } from './configuration.ts';
import { portalPages } from './pages.ts';

const createParams = {
  configuration: text(),
  customer: text(),
  locale: text(),
  return_url: url,
  ...notHereYet('after_expiration', 'customer_account', 'flow_data', 'on_behalf_of'),
};

/** https://docs.stripe.com/api/customer_portal: with Stripe's own choice of what a customer may do. */
export const billingPortal: Resource = {
  pages: portalPages,
  routes: [
    route('POST', '/v1/billing_portal/sessions', createParams, ({ params, tx }) => {
      if (params.customer === undefined) throw missingParameter('customer');
      const customer = liveCustomer(tx, params.customer);
      const { configuration: named } = params;
      const configuration =
        named === undefined ? defaultConfiguration(tx) : tx.get('billing_portal.configuration', named, 'configuration');
      const id = tx.id('bps');
      const session = tx.put({
        id,
        object: 'billing_portal.session',
        after_expiration: null,
        configuration: configuration.id,
        created: tx.now,
        customer: customer.id,
        customer_account: null,
        flow: null,
        livemode: false,
        locale: (params.locale ?? null) as Stripe.BillingPortal.Session['locale'],
        on_behalf_of: null,
        return_url: params.return_url ?? null,
        url: `${tx.publicUrl}/pay/portal/${id}`,
      } satisfies Stripe.BillingPortal.Session);
      tx.emit('billing_portal.session.created', session);
      return session;
    }),
    listRoute('/v1/billing_portal/configurations', 'billing_portal.configuration', { by: ['active'] as never }),
    route('GET', '/v1/billing_portal/configurations/:id', {}, ({ id, tx }) =>
      tx.get('billing_portal.configuration', id),
    ),
  ],
};
