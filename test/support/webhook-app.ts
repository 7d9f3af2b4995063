import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { KEYS } from './payments.ts';

export interface WebhookApp extends AsyncDisposable {
  readonly url: string;
  /** Those that were answered with 200. */
  readonly events: Stripe.Event[];
  /** What it answers next; 200 when there is nothing. */
  readonly answers: number[];
  /** While it is true, events come in and get no answer. */
  silent: boolean;
  readonly heard: Stripe.Event[];
}

/** An app with a webhook endpoint that checks each signature as Stripe's library does. */
export async function serveWebhookApp(secret = KEYS.webhookSecret): Promise<WebhookApp> {
  const stripe = new Stripe('sk_test_unused');
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const event = stripe.webhooks.constructEvent(body, request.headers['stripe-signature'] as string, secret);
      app.heard.push(event);
      if (app.silent) return;
      const status = app.answers.shift() ?? 200;
      if (status === 200) app.events.push(event);
      response.writeHead(status).end(`got ${event.type}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app: WebhookApp = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    events: [],
    answers: [],
    heard: [],
    silent: false,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return app;
}
