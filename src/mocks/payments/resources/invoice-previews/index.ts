import { type Resource, route } from '../../api/route.ts';
import { previewParams } from './params.ts';
import { previewInvoice } from './preview.ts';

/** https://docs.stripe.com/api/invoices/create_preview */
export const invoicePreviews: Resource = {
  routes: [
    route('POST', '/v1/invoices/create_preview', previewParams, ({ params, tx }) => previewInvoice(params, tx), {
      imagines: true,
    }),
  ],
};
