import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { listRoute, page, wholeList } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { pagination } from '../../params/common.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import { liveCustomer } from '../customers/live.ts';
import { giveUp, voidInvoice } from './close.ts';
import { createInvoice, updateInvoice } from './create.ts';
import { scheduleAt } from './draft.ts';
import { finalize } from './finalize.ts';
import { invoiceDue, invoiceFollows } from './follow.ts';
import { invoiceAt, subscriptionIdOf } from './invoice.ts';
import { invoicePages } from './pages.ts';
import { createParams, listParams, payParams, updateParams } from './params.ts';
import { payNow } from './pay.ts';
import { paymentOf } from './payment.ts';

const HOUR = 3600;

/** https://docs.stripe.com/api/invoices */
export const invoices: Resource = {
  pages: invoicePages,
  routes: [
    route('POST', '/v1/invoices', createParams, ({ params, tx }) => {
      if (params.customer === undefined) throw missingParameter('customer');
      const customer = liveCustomer(tx, params.customer);
      tx.liveBy((customer.test_clock as string | null | undefined) ?? null);
      const draft = createInvoice(customer, params, tx);
      tx.emit('invoice.created', draft);
      return draft;
    }),
    listRoute('/v1/invoices', 'invoice', {
      by: ['customer', 'status', 'collection_method'],
      more: listParams,
      shown: (invoice, { params }) => {
        const { subscription } = params as Params<typeof listParams>;
        return subscription === undefined || subscriptionIdOf(invoice) === subscription;
      },
    }),
    route('GET', '/v1/invoices/:id', {}, ({ id, tx }) => tx.get('invoice', id, 'invoice')),
    route('POST', '/v1/invoices/:id', updateParams, ({ id, params, tx }) => {
      const invoice = invoiceAt(id, tx);
      return tx.update('invoice.updated', invoice, updateInvoice(invoice, params, tx));
    }),
    route('DELETE', '/v1/invoices/:id', {}, ({ id, tx }) => {
      const invoice = invoiceAt(id, tx);
      if (invoice.status !== 'draft' || subscriptionIdOf(invoice) !== null) {
        throw invalid('You can only delete draft invoices that are not of a subscription.', 'invoice_not_editable');
      }
      for (const item of tx.where('invoiceitem', 'invoice', id)) tx.remove(item.id);
      tx.remove(id);
      tx.unschedule(id);
      tx.emit('invoice.deleted', invoice);
      return { id, object: 'invoice', deleted: true } satisfies Stripe.DeletedInvoice;
    }),
    route('POST', '/v1/invoices/:id/finalize', { auto_advance: updateParams.auto_advance }, ({ id, params, tx }) => {
      const open = finalize({ ...invoiceAt(id, tx), ...params }, tx);
      if (open.next_payment_attempt === null) return open;
      // Only what finalizes itself is tried at once.
      const planned = tx.put({ ...open, next_payment_attempt: tx.now + HOUR });
      scheduleAt(planned, tx.now + HOUR, tx);
      return planned;
    }),
    route('POST', '/v1/invoices/:id/pay', payParams, ({ id, params, tx }) => payNow(invoiceAt(id, tx), params, tx)),
    route('POST', '/v1/invoices/:id/void', {}, ({ id, tx }) => voidInvoice(invoiceAt(id, tx), tx)),
    route('POST', '/v1/invoices/:id/mark_uncollectible', {}, ({ id, tx }) => giveUp(invoiceAt(id, tx), tx)),
    route('POST', '/v1/invoices/:id/send', {}, ({ id, tx }) => {
      const invoice = invoiceAt(id, tx);
      const open = invoice.status === 'draft' ? finalize(invoice, tx) : invoice;
      if (invoice.status !== 'draft') tx.emit('invoice.sent', open);
      return open;
    }),
    route('GET', '/v1/invoices/:id/lines', pagination, ({ id, params, path, tx }) =>
      page(tx.get('invoice', id, 'invoice').lines.data, params, path),
    ),
  ],
  included: {
    invoice: {
      payments: (invoice, tx) => wholeList(tx.where('invoice_payment', 'invoice', invoice.id), '/v1/invoice_payments'),
      confirmation_secret: (invoice, tx) => {
        const secret = invoice.status === 'draft' ? null : paymentOf(invoice, tx)?.intent.client_secret;
        return secret ? { client_secret: secret, type: 'payment_intent' } : null;
      },
    },
  },
  due: { invoice: invoiceDue },
  follows: invoiceFollows,
};
