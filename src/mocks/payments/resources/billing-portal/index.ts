import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveCustomer } from '../customers/live.ts';
import { type Configuration, defaultConfiguration, newConfiguration, withGiven } from './configuration.ts';
import { portalPages } from './pages.ts';
import { createParams, listParams, sessionParams, updateParams } from './params.ts';

/** https://docs.stripe.com/api/customer_portal */
export const billingPortal: Resource = {
  pages: portalPages,
  routes: [
    route('POST', '/v1/billing_portal/sessions', sessionParams, ({ params, tx }) => {
      if (params.customer === undefined) throw missingParameter('customer');
      const customer = liveCustomer(tx, params.customer);
      const configuration = configurationFor(params.configuration, tx);
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
        return_url: params.return_url ?? configuration.default_return_url,
        url: `${tx.publicUrl}/pay/portal/${id}`,
      } satisfies Stripe.BillingPortal.Session);
      tx.emit('billing_portal.session.created', session);
      return session;
    }),
    route('POST', '/v1/billing_portal/configurations', createParams, ({ params, tx }) => {
      const configuration = tx.put(newConfiguration(params, tx));
      tx.emit('billing_portal.configuration.created', configuration);
      return configuration;
    }),
    listRoute('/v1/billing_portal/configurations', 'billing_portal.configuration', {
      created: false,
      more: listParams,
      shown: ({ active, is_default }, { params }) => {
        const asked = params as Params<typeof listParams>;
        return (asked.active ?? active) === active && (asked.is_default ?? is_default) === is_default;
      },
    }),
    route('GET', '/v1/billing_portal/configurations/:id', {}, ({ id, tx }) =>
      tx.get('billing_portal.configuration', id),
    ),
    route('POST', '/v1/billing_portal/configurations/:id', updateParams, ({ id, params, tx }) => {
      const before = tx.get('billing_portal.configuration', id);
      return tx.update('billing_portal.configuration.updated', before, withGiven(before, params, tx));
    }),
  ],
};

function configurationFor(named: string | undefined, tx: Transaction): Configuration {
  if (named === undefined) return defaultConfiguration(tx);
  const found = tx.get('billing_portal.configuration', named, 'configuration');
  if (found.active) return found;
  throw invalid(`The configuration ${named} is inactive, and can't be used for a session.`, undefined, 'configuration');
}
