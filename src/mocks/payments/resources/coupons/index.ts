import type { Stripe } from 'stripe';
import { listRoute } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import type { Transaction } from '../../store/transaction.ts';
import { isDeleted, isRedeemable, liveCoupon, newCoupon } from './coupon.ts';
import { createParams, updateParams } from './params.ts';

/** https://docs.stripe.com/api/coupons */
export const coupons: Resource = {
  routes: [
    route('POST', '/v1/coupons', createParams, ({ params, tx }) => {
      const coupon = tx.put(newCoupon(params, tx));
      tx.emit('coupon.created', coupon);
      return coupon;
    }),
    listRoute('/v1/coupons', 'coupon', { shown: ({ id }, { tx }) => !isDeleted(tx, id), as: withValid }),
    route('GET', '/v1/coupons/:id', {}, ({ id, tx }) => withValid(liveCoupon(tx, id), tx)),
    route('POST', '/v1/coupons/:id', updateParams, ({ id, params, tx }) => {
      const coupon = liveCoupon(tx, id);
      const { metadata, ...fields } = params;
      const after = { ...coupon, ...fields, metadata: mergeMetadata(coupon.metadata, metadata) };
      return tx.update('coupon.updated', coupon, after);
    }),
    route('DELETE', '/v1/coupons/:id', {}, ({ id, tx }) => {
      tx.emit('coupon.deleted', liveCoupon(tx, id));
      // What it takes off goes on for those who have it.
      tx.put({ id: `${id}.deleted`, object: 'devenv.deleted' });
      return { id, object: 'coupon', deleted: true } satisfies Stripe.DeletedCoupon;
    }),
  ],
};

/** As it is shown: `valid` ends by itself. */
function withValid(coupon: Stripe.Coupon, tx: Transaction): Stripe.Coupon {
  return { ...coupon, valid: isRedeemable(coupon, tx.now) };
}
