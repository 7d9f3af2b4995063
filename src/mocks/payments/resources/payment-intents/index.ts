import { invalid } from '../../api/errors.ts';
import { listRoute } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import { notHereYet } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import { text } from '../../params/scalars.ts';
import { refuseWithoutReturn } from '../automatic-methods.ts';
import { checkSecret, type FromAnybody } from '../client-secret.ts';
import { cancel, capture } from './capture.ts';
import { confirm, type How, intentOf } from './confirm.ts';
import { type Intent, newIntent, unexpectedState, withGiven } from './intent.ts';
import { cancelParams, captureParams, confirmParams, createParams, updateParams } from './params.ts';

/** https://docs.stripe.com/api/payment_intents */
export const paymentIntents: Resource = {
  routes: [
    route('POST', '/v1/payment_intents', createParams, ({ params, tx, caller }) => {
      if (params.confirm !== true) refuseConfirming(params);
      const intent = tx.put(newIntent(params, tx));
      tx.emit('payment_intent.created', intent);
      if (!params.confirm) return intent;
      refuseWithoutReturn(intent, params, caller);
      return intentOf(confirm(intent, howOf(params), tx));
    }),
    listRoute('/v1/payment_intents', 'payment_intent', { by: ['customer'], more: notHereYet('customer_account') }),
    route('GET', '/v1/payment_intents/:id', { client_secret: text() }, (request) => intentFor(request), {
      publishable: true,
    }),
    route('POST', '/v1/payment_intents/:id', updateParams, ({ id, params, tx }) => {
      const intent = tx.get('payment_intent', id, 'intent');
      if (!/^requires_(?:payment_method|confirmation|action)$/.test(intent.status)) refuseUpdate(intent, params);
      return tx.put({ ...withGiven(intent, params, tx), last_payment_error: null });
    }),
    route(
      'POST',
      '/v1/payment_intents/:id/confirm',
      confirmParams,
      (request) => {
        const { params, tx, caller } = request;
        const {
          client_secret: _,
          error_on_requires_action,
          off_session,
          return_url,
          use_stripe_sdk,
          ...given
        } = params;
        const how = howOf({ error_on_requires_action, off_session, return_url });
        const intent = tx.put(withGiven(intentFor(request), given, tx));
        refuseWithoutReturn(intent, params, caller);
        return intentOf(confirm(intent, how, tx));
      },
      { publishable: true },
    ),
    route('POST', '/v1/payment_intents/:id/capture', captureParams, ({ id, params, tx }) => {
      const { amount_to_capture, metadata, ...fields } = params;
      const intent = tx.get('payment_intent', id, 'intent');
      return capture(
        { ...intent, ...fields, metadata: mergeMetadata(intent.metadata, metadata) },
        amount_to_capture,
        tx,
      );
    }),
    route('POST', '/v1/payment_intents/:id/cancel', cancelParams, ({ id, params, tx }) =>
      cancel(tx.get('payment_intent', id, 'intent'), params.cancellation_reason ?? null, tx),
    ),
  ],
  due: {
    payment_intent: (intent, tx) => {
      if (intent.status === 'requires_capture') cancel(intent, 'automatic', tx);
    },
  },
};

/** A browser has to show the intent's own secret. */
function intentFor(request: FromAnybody): Intent {
  const intent = request.tx.get('payment_intent', request.id, 'intent');
  checkSecret(request, intent.client_secret);
  return intent;
}

type Confirming = Pick<Params<typeof createParams>, 'error_on_requires_action' | 'off_session' | 'return_url'>;

function howOf({
  error_on_requires_action,
  off_session,
  return_url,
}: { [N in keyof Confirming]: Confirming[N] | undefined }): How {
  return {
    offSession: off_session !== undefined && off_session !== false,
    returnUrl: return_url ?? null,
    failsOnAction: error_on_requires_action ?? false,
  };
}

const ONLY_CONFIRMING = ['error_on_requires_action', 'off_session', 'return_url'] as const;

function refuseConfirming(params: Params<typeof createParams>): void {
  const name = ONLY_CONFIRMING.find((one) => params[one] !== undefined);
  if (name) throw invalid(`You can only pass ${name} when confirm is true.`, undefined, name);
}

/** What is done can still be described. */
function refuseUpdate(intent: Intent, params: Params<typeof updateParams>): void {
  const { metadata: _, description: __, receipt_email: ___, shipping: ____, transfer_group: _____, ...others } = params;
  const [name] = Object.keys(others);
  if (name === undefined) return;
  throw unexpectedState(
    intent,
    `This PaymentIntent's ${name} could not be updated because it has a status of ${intent.status}.`,
  );
}
