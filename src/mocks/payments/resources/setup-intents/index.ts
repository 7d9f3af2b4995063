import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { required } from '../../params/kind.ts';
import { text } from '../../params/scalars.ts';
import { refuseWithoutReturn } from '../automatic-methods.ts';
import { checkSecret, type FromAnybody } from '../client-secret.ts';
import { cancelSetup, confirmSetup, setupOf } from './confirm.ts';
import { cancelParams, confirmParams, createParams, listFilters, updateParams } from './params.ts';
import { newSetup, type Setup, withGiven } from './setup-intent.ts';

/** https://docs.stripe.com/api/setup_intents */
export const setupIntents: Resource = {
  routes: [
    route('POST', '/v1/setup_intents', createParams, ({ params, tx, caller }) => {
      const setup = tx.put(newSetup(params, tx));
      tx.emit('setup_intent.created', setup);
      if (!params.confirm) return setup;
      refuseWithoutReturn(setup, params, caller);
      return setupOf(confirmSetup(setup, params.return_url ?? null, tx));
    }),
    listRoute('/v1/setup_attempts', 'setup_attempt', {
      more: { setup_intent: required(text()) },
      by: ['setup_intent'],
    }),
    listRoute('/v1/setup_intents', 'setup_intent', { by: ['customer', 'payment_method'], more: listFilters }),
    route('GET', '/v1/setup_intents/:id', { client_secret: text() }, (request) => setupFor(request), {
      publishable: true,
    }),
    route('POST', '/v1/setup_intents/:id', updateParams, ({ id, params, tx }) =>
      tx.put(withGiven(tx.get('setup_intent', id, 'intent'), params, tx)),
    ),
    route(
      'POST',
      '/v1/setup_intents/:id/confirm',
      confirmParams,
      (request) => {
        const { client_secret: _, return_url, use_stripe_sdk: __, ...given } = request.params;
        const setup = request.tx.put(withGiven(setupFor(request), given, request.tx));
        refuseWithoutReturn(setup, request.params, request.caller);
        return setupOf(confirmSetup(setup, return_url ?? null, request.tx));
      },
      { publishable: true },
    ),
    route('POST', '/v1/setup_intents/:id/cancel', cancelParams, ({ id, params, tx }) =>
      cancelSetup(tx.get('setup_intent', id, 'intent'), params.cancellation_reason ?? null, tx),
    ),
  ],
};

function setupFor(request: FromAnybody): Setup {
  const setup = request.tx.get('setup_intent', request.id, 'intent');
  checkSecret(request, setup.client_secret);
  return setup;
}
