import type { Stripe } from 'stripe';
import { type Html, html } from '../../pages/html.ts';
import type { Page } from '../../pages/page.ts';
import { money } from '../amounts.ts';

/** Where `hosted_invoice_url` leads: what is on the invoice, and whether it is paid. */
export const invoicePages: readonly Page[] = [
  {
    method: 'GET',
    path: '/pay/invoice/:id',
    view: ({ id, tx }) => {
      const invoice = tx.get('invoice', id, 'invoice');
      const { currency, total, amount_due, number, status } = invoice;
      return {
        title: `Invoice ${number}`,
        body: html`<main class="narrow"><section class="panel"><h1>Invoice ${number} · ${status ?? ''}</h1>
<p class="total">${money(amount_due, currency)}</p>
<table><tbody>${invoice.lines.data.map(row)}</tbody>
<tfoot><tr><th scope="row">Total</th><td>${money(total, currency)}</td></tr></tfoot></table></section></main>`,
      };
    },
  },
];

function row({ description, amount, currency }: Stripe.InvoiceLineItem): Html {
  return html`<tr><th scope="row">${description ?? ''}</th><td>${money(amount, currency)}</td></tr>`;
}
