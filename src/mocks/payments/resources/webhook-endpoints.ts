import type { Stripe } from 'stripe';
import { listRoute } from '../api/list.ts';
import { mergeMetadata } from '../api/metadata.ts';
import { type Resource, route } from '../api/route.ts';
import { EVENT_TYPES } from '../events/types.ts';
import { metadata } from '../params/common.ts';
import { list, notHereYet } from '../params/composed.ts';
import { required, unsettable } from '../params/kind.ts';
import { flag, oneOf, text, url } from '../params/scalars.ts';

const enabledEvents = list(oneOf('*', ...EVENT_TYPES), { max: 1000 });

/** https://docs.stripe.com/api/webhook_endpoints */
export const webhookEndpoints: Resource = {
  routes: [
    route(
      'POST',
      '/v1/webhook_endpoints',
      {
        url: required(url),
        enabled_events: required(enabledEvents),
        api_version: text(),
        description: unsettable(text()),
        metadata,
        ...notHereYet('connect'),
      },
      ({ params, tx }) => {
        const id = tx.id('we');
        const secret = tx.id('whsec');
        const endpoint = tx.put({
          id,
          object: 'webhook_endpoint',
          api_version: params.api_version ?? null,
          application: null,
          created: tx.now,
          description: params.description ?? null,
          enabled_events: [...params.enabled_events],
          livemode: false,
          metadata: mergeMetadata(null, params.metadata),
          status: 'enabled',
          url: params.url,
        } satisfies Stripe.WebhookEndpoint);
        tx.put({ id: `${id}.secret`, object: 'devenv.secret', secret });
        // Shown this once.
        return { ...endpoint, secret } satisfies Stripe.WebhookEndpoint;
      },
    ),
    listRoute('/v1/webhook_endpoints', 'webhook_endpoint', { created: false }),
    route('GET', '/v1/webhook_endpoints/:id', {}, ({ id, tx }) => tx.get('webhook_endpoint', id)),
    route(
      'POST',
      '/v1/webhook_endpoints/:id',
      { url, enabled_events: enabledEvents, description: unsettable(text()), disabled: flag, metadata },
      ({ id, params, tx }) => {
        const { disabled, metadata: given, ...fields } = params;
        const endpoint = tx.get('webhook_endpoint', id);
        return tx.put({
          ...endpoint,
          ...fields,
          ...(disabled !== undefined && { status: disabled ? 'disabled' : 'enabled' }),
          metadata: mergeMetadata(endpoint.metadata, given),
        });
      },
    ),
    route('DELETE', '/v1/webhook_endpoints/:id', {}, ({ id, tx }) => {
      tx.get('webhook_endpoint', id);
      tx.remove(id);
      return { id, object: 'webhook_endpoint', deleted: true } satisfies Stripe.DeletedWebhookEndpoint;
    }),
  ],
};
