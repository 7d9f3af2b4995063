/** Makes the page on which an order is paid. The same order gets the same page, however often it is asked for. */
export function startCheckout(stripe, order, publicUrl) {
  return stripe.checkout.sessions.create(checkoutOf(order, publicUrl), { idempotencyKey: `order-${order.code}` });
}

export function checkoutOf({ code, customerEmail, items }, publicUrl) {
  return {
    mode: 'payment',
    customer_email: customerEmail,
    line_items: items.map(({ name, quantity, priceCents }) => ({
      quantity,
      price_data: { currency: 'eur', unit_amount: priceCents, product_data: { name } },
    })),
    metadata: { order: code }, // by which we know it again when Stripe tells us of it
    success_url: `${publicUrl}/thanks?session={CHECKOUT_SESSION_ID}`, // Stripe puts the id in
    cancel_url: `${publicUrl}/cancel/${code}`,
  };
}

/**
 * Makes sure that it can't be paid any more.
 * @returns {Promise<boolean>} false when it is paid already
 */
export async function endCheckout(stripe, checkoutId) {
  const session = await stripe.checkout.sessions.retrieve(checkoutId);
  const ended = session.status === 'open' ? await stripe.checkout.sessions.expire(checkoutId) : session;
  return ended.status === 'expired';
}
