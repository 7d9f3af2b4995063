import type { Stripe } from 'stripe';

/**
 * A draft as Stripe shows it that isn't there yet: ids that can't be asked for, and nothing that it would do by itself.
 * `prorated` is the time, in seconds, that prorations are computed for.
 */
export function asPreview(draft: Stripe.Invoice, prorated: number): Stripe.Invoice {
  const id = `upcoming_${draft.id}`;
  const data = draft.lines.data.map((line) => ({ ...line, id: line.id.replace('_', '_tmp_'), invoice: id }));
  return {
    ...draft,
    id,
    automatically_finalizes_at: null,
    billing_reason: 'upcoming',
    lines: { ...draft.lines, data, url: `/v1/invoices/${id}/lines` },
    parent: withProration(draft.parent, data.some(isProration) ? prorated : null),
  };
}

function withProration(parent: Stripe.Invoice['parent'], at: number | null): Stripe.Invoice['parent'] {
  if (!parent?.subscription_details || at === null) return parent;
  return { ...parent, subscription_details: { ...parent.subscription_details, subscription_proration_date: at } };
}

function isProration({ parent }: Stripe.InvoiceLineItem): boolean {
  return parent?.subscription_item_details?.proration ?? false;
}
