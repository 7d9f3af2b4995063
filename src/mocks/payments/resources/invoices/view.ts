import type { Stripe } from 'stripe';
import { type Html, html } from '../../pages/html.ts';
import type { View } from '../../pages/page.ts';
import type { Transaction } from '../../store/transaction.ts';
import { money } from '../amounts.ts';
import { cardFields, problemHtml, type TypedCard, testCards } from '../card-form.ts';
import { day } from '../day.ts';
import { productName } from './lines.ts';

interface Shown {
  readonly invoice: Stripe.Invoice;
  /** What stands in the form; null where there is nothing to pay. */
  readonly typed: TypedCard | null;
  readonly problem: string | null;
  readonly tx: Transaction;
}

export function invoiceView({ invoice, typed, problem, tx }: Shown): View {
  const { currency, total, amount_due, due_date, number, status } = invoice;
  const title = `Invoice ${number ?? 'without a number'}`;
  const until = due_date === null || typed === null ? '' : `, due on ${day(due_date)}`;
  return {
    status: problem === null ? 200 : 402,
    title: problem === null ? title : `Not paid: ${problem}`,
    body: html`<main class="${typed ? 'two' : 'narrow'}"><section class="panel" aria-label="Invoice">
<h1>${title} · ${status ?? ''}${until}</h1>
<p class="total">${money(amount_due, currency)}</p>
<table><tbody>${invoice.lines.data.map((line) => row(line, tx))}</tbody>
<tfoot><tr><th scope="row">Total</th><td>${money(total, currency)}</td></tr></tfoot></table></section>
${typed && payment(invoice, typed, problem)}</main>`,
  };
}

function payment(
  { hosted_invoice_url, amount_remaining, currency }: Stripe.Invoice,
  typed: TypedCard,
  problem: string | null,
): Html {
  return html`<section class="panel" aria-label="Payment"><h2>Pay</h2>
${problemHtml(problem)}
<form method="post" action="${hosted_invoice_url ?? ''}">
${cardFields(typed, problem !== null)}
<button type="submit">Pay ${money(amount_remaining, currency)}</button></form>
${testCards()}</section>`;
}

function row(line: Stripe.InvoiceLineItem, tx: Transaction): Html {
  return html`<tr><th scope="row">${line.description ?? nameOf(line, tx)}</th><td>${money(line.amount, line.currency)}</td></tr>`;
}

/** What is sold, where nobody has described it. */
function nameOf({ pricing }: Stripe.InvoiceLineItem, tx: Transaction): string {
  const price = tx.find('price', (pricing?.price_details?.price ?? '') as string);
  return price ? (price.nickname ?? productName(price, tx)) : 'Item';
}
