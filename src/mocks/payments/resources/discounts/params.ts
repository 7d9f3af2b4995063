import { list, object } from '../../params/composed.ts';
import { text } from '../../params/scalars.ts';

/** One of them. */
export const discountsParam = list(object({ coupon: text(), discount: text(), promotion_code: text() }), { max: 20 });
