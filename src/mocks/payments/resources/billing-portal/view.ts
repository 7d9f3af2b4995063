import type { Stripe } from 'stripe';
import { type Html, html } from '../../pages/html.ts';
import type { View } from '../../pages/page.ts';
import type { Transaction } from '../../store/transaction.ts';
import { ADDRESS } from '../address.ts';
import { money } from '../amounts.ts';
import { cardFields } from '../card-form.ts';
import type { Configuration } from './configuration.ts';
import { subscriptionHtml } from './subscription-view.ts';

export type Part = 'subscriptions' | 'card' | 'customer';

/** Why something wasn't done, and of which part of the page it was. */
export interface Problem {
  readonly part: Part;
  readonly message: string;
}

interface Portal {
  readonly session: Stripe.BillingPortal.Session;
  readonly configuration: Configuration;
  readonly customer: Stripe.Customer;
  readonly subscriptions: readonly Stripe.Subscription[];
  readonly invoices: readonly Stripe.Invoice[];
  readonly method: Stripe.PaymentMethod | undefined;
  readonly problem: Problem | null;
  readonly tx: Transaction;
}

export function portalView(portal: Portal): View {
  const { session, configuration, problem } = portal;
  const { business_profile, features } = configuration;
  return {
    status: problem === null ? 200 : 402,
    title: business_profile.headline ?? 'Your subscriptions',
    body: html`<main class="two">
${subscriptionsHtml(portal)}
<div>${features.payment_method_update.enabled ? cardHtml(portal) : null}
${features.customer_update.enabled ? customerHtml(portal) : null}
${session.return_url === null ? null : html`<a class="back" href="${session.return_url}">Back to the shop</a>`}
${linkHtml('Terms of service', business_profile.terms_of_service_url)}
${linkHtml('Privacy policy', business_profile.privacy_policy_url)}</div>
</main>`,
  };
}

function subscriptionsHtml({ session, configuration, subscriptions, invoices, problem, tx }: Portal): Html {
  const { business_profile, features } = configuration;
  const { headline } = business_profile;
  return html`<section aria-label="Subscriptions">${headline === null ? null : html`<h1>${headline}</h1>`}
<h2>Your subscriptions</h2>${alert('subscriptions', problem)}
${subscriptions.length === 0 ? html`<p>There are none.</p>` : null}
${subscriptions.map((one) => subscriptionHtml(session.url, one, features, tx))}
${features.invoice_history.enabled ? html`<h2>Invoices</h2><table><tbody>${invoices.map(invoiceRow)}</tbody></table>` : null}</section>`;
}

const NO_CARD = { number: '', expiry: '', cvc: '' };

function cardHtml({ session, method, problem }: Portal): Html {
  return html`<section class="panel" aria-label="Card"><h2>Card</h2>
<p>${method?.card ? `You pay with ${method.card.brand} •••• ${method.card.last4}.` : 'No card is saved.'}</p>
${alert('card', problem)}
<form method="post" action="${session.url}/card">
${cardFields(NO_CARD, false)}
<button type="submit">Save card</button></form></section>`;
}

const PLAIN = { email: 'E-mail', name: 'Name', phone: 'Phone' } as const;

function customerHtml({ session, configuration, customer, problem }: Portal): Html {
  const { allowed_updates: all } = configuration.features.customer_update;
  const plain = Object.entries(PLAIN).filter(([name]) => all.includes(name));
  const address = all.includes('address') ? Object.entries(ADDRESS) : [];
  const missing = all.filter((name) => name === 'shipping' || name === 'tax_id');
  return html`<section class="panel" aria-label="Your details"><h2>Your details</h2>${alert('customer', problem)}
<form method="post" action="${session.url}/customer">
${plain.map(([name, label]) => field(name, label, customer[name as keyof typeof PLAIN] ?? null))}
${address.map(([name, label]) => field(name, label, customer.address?.[name as keyof typeof ADDRESS] ?? null))}
${missing.length === 0 ? null : html`<p class="dim">Not on this page of devenv's mock: ${missing.join(', ')}.</p>`}
<button type="submit">Save details</button></form></section>`;
}

function field(name: string, label: string, value: string | null): Html {
  return html`<label>${label}<input name="${name}" value="${value ?? ''}"></label>`;
}

function alert(part: Part, problem: Problem | null): Html | null {
  return problem?.part === part ? html`<p class="bad" role="alert">${problem.message}</p>` : null;
}

function linkHtml(text: string, url: string | null): Html | null {
  return url === null ? null : html`<a class="back" href="${url}">${text}</a>`;
}

function invoiceRow({ number, status, total, currency, hosted_invoice_url }: Stripe.Invoice): Html {
  return html`<tr><th scope="row"><a href="${hosted_invoice_url ?? ''}">${number ?? ''}</a><br><small>${status ?? ''}</small></th><td>${money(total, currency)}</td></tr>`;
}
