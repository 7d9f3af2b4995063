import { invalid } from '../../api/errors.ts';
import { listRoute, page, wholeList } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import { pagination } from '../../params/common.ts';
import type { Transaction } from '../../store/transaction.ts';
import { checkoutPages } from './pages.ts';
import { createParams, listFilters, updateParams } from './params.ts';
import { planOf } from './plan.ts';
import { newSession, type Session } from './session.ts';

/** https://docs.stripe.com/api/checkout/sessions */
export const checkout: Resource = {
  pages: checkoutPages,
  routes: [
    route('POST', '/v1/checkout/sessions', createParams, ({ params, tx }) => newSession(params, tx)),
    listRoute('/v1/checkout/sessions', 'checkout.session', {
      by: ['payment_intent', 'customer', 'status'],
      more: listFilters,
      shown: ({ customer_details }, { params }) => {
        const { customer_details: asked } = params as { readonly customer_details?: { readonly email: string } };
        return asked === undefined || customer_details?.email === asked.email;
      },
    }),
    route('GET', '/v1/checkout/sessions/:id', {}, ({ id, tx }) => tx.get('checkout.session', id, 'session')),
    route('POST', '/v1/checkout/sessions/:id', updateParams, ({ id, params, tx }) => {
      const session = tx.get('checkout.session', id, 'session');
      return tx.put({ ...session, metadata: mergeMetadata(session.metadata, params.metadata) });
    }),
    route('POST', '/v1/checkout/sessions/:id/expire', {}, ({ id, tx }) => {
      const session = tx.get('checkout.session', id, 'session');
      if (session.status === 'open') return expire(session, tx);
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
      );
    }),
    route('GET', '/v1/checkout/sessions/:id/line_items', pagination, ({ id, params, path, tx }) =>
      page(itemsOf(tx.get('checkout.session', id, 'session'), tx), params, path),
    ),
  ],
  included: {
    'checkout.session': {
      line_items: (session, tx) => wholeList(itemsOf(session, tx), `/v1/checkout/sessions/${session.id}/line_items`),
    },
  },
  due: {
    'checkout.session': (session, tx) => {
      if (session.status === 'open') expire(session, tx);
    },
  },
};

function itemsOf(session: Session, tx: Transaction) {
  return planOf(session, tx).lineItems;
}

function expire(session: Session, tx: Transaction): Session {
  tx.unschedule(session.id);
  const after = tx.put({ ...session, status: 'expired', url: null } satisfies Session);
  tx.emit('checkout.session.expired', after);
  return after;
}
