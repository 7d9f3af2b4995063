import { listRoute } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import type { Params } from '../../params/kind.ts';
import { createParams, listParams, updateParams } from './params.ts';
import { isActive, newPromotionCode, withActive } from './promotion-code.ts';

/** https://docs.stripe.com/api/promotion_codes */
export const promotionCodes: Resource = {
  routes: [
    route('POST', '/v1/promotion_codes', createParams, ({ params, tx }) => {
      const code = tx.put(newPromotionCode(params, tx));
      tx.emit('promotion_code.created', code);
      return code;
    }),
    listRoute('/v1/promotion_codes', 'promotion_code', {
      by: ['customer'],
      more: listParams,
      shown: (code, { params, tx }) => {
        const asked = params as Params<typeof listParams>;
        const isCode = asked.code === undefined || asked.code.toLowerCase() === code.code.toLowerCase();
        const isOf = asked.coupon === undefined || asked.coupon === code.promotion.coupon;
        return isCode && isOf && (asked.active === undefined || asked.active === isActive(code, tx));
      },
      as: withActive,
    }),
    route('GET', '/v1/promotion_codes/:id', {}, ({ id, tx }) => withActive(tx.get('promotion_code', id), tx)),
    route('POST', '/v1/promotion_codes/:id', updateParams, ({ id, params, tx }) => {
      const code = tx.get('promotion_code', id);
      const { metadata, ...fields } = params;
      const after = { ...code, ...fields, metadata: mergeMetadata(code.metadata, metadata) };
      return tx.update('promotion_code.updated', code, after);
    }),
  ],
};
