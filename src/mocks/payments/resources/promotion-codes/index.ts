import { listRoute } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import { changedAttributes } from '../../events/changed-attributes.ts';
import type { Params } from '../../params/kind.ts';
import { createParams, listParams, updateParams } from './params.ts';
import { isActive, isSameCode, newPromotionCode, refuseDuplicate, withActive } from './promotion-code.ts';

/** https://docs.stripe.com/api/promotion_codes */
export const promotionCodes: Resource = {
  routes: [
    route('POST', '/v1/promotion_codes', createParams, ({ params, tx }) => {
      const shown = withActive(tx.put(newPromotionCode(params, tx)), tx);
      tx.emit('promotion_code.created', shown);
      return shown;
    }),
    listRoute('/v1/promotion_codes', 'promotion_code', {
      by: ['customer'],
      more: listParams,
      shown: (code, { params, tx }) => {
        const asked = params as Params<typeof listParams>;
        const isCode = asked.code === undefined || isSameCode(asked.code, code.code);
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
      if (fields.active === true) refuseDuplicate(after, tx);
      const [before, shown] = [withActive(code, tx), withActive(tx.put(after), tx)];
      tx.emit('promotion_code.updated', shown, changedAttributes(before, shown));
      return shown;
    }),
  ],
};
