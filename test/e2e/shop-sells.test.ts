import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import { hasChromium, openPage } from '../support/browser.ts';
import { dockerHost, type Machine, makeMachine, type Project } from '../support/project.ts';
import { installTeaShop, PLACES, type TeaShop } from '../support/tea-shop.ts';
import { until } from '../support/until.ts';

type Page = Awaited<ReturnType<typeof openPage>>['page'];

interface Order {
  readonly code: string;
  readonly status: string;
  readonly summary: string | null;
}

/** Of the mocks' log. */
interface Call {
  readonly id: number;
  readonly provider: string;
  readonly status: number;
}

describe.skipIf(!hasChromium)('the shop sells (chromium)', () => {
  let template: TeaShop;
  beforeAll(async () => {
    template = await installTeaShop();
  });
  afterAll(() => template[Symbol.asyncDispose]());

  describe.each(PLACES)('on $place', ({ runtime, app, processes, layer }) => {
    describe.skipIf(runtime === 'docker' && !dockerHost)('', () => {
      let machine: Machine;
      let shop: Project;
      let url: string;
      let env: Readonly<Record<string, string>>;
      let stripe: Stripe;

      beforeAll(async () => {
        machine = await makeMachine();
        shop = await machine.project('shop', {});
        await template.copyTo(shop.path);
        await shop.write({ 'devenv.config.local.yaml': layer });
        await shop.ok(['up', '--detach']);
        const status = await shop.json<Status>(['status', '--json']);
        expect(status.processes.map(({ name }) => name)).toEqual(processes);
        url = (await shop.ok(['open', app, '--print'])).stdout.trim();
        env = await shop.json(['env', '--format', 'json']);
        const { hostname: host, port, protocol } = new URL(env.STRIPE_API_BASE ?? '');
        stripe = new Stripe(env.STRIPE_SECRET_KEY ?? '', {
          host,
          port,
          protocol: protocol === 'http:' ? 'http' : 'https',
        });
      });
      afterAll(() => machine[Symbol.asyncDispose]());

      it('a tea, from its page over the one to pay on to an order that is paid and summed up', async () => {
        await using tab = await openPage();
        const { page, errors } = tab;
        await toCheckout(page, 'Dragonwell', 2);
        expect(await page.getByRole('region', { name: 'Order' }).innerText()).toMatch(/Dragonwell[\s\S]*€33\.60/);
        await pay(page, '4242 4242 4242 4242');
        await page.waitForURL(/\/thanks\?session=cs_test_/);
        await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
        const summary = await page.locator('#summary').innerText();
        expect(summary).toContain('Dragonwell');

        const [order] = await orders();
        expect(order).toMatchObject({
          status: 'confirmed',
          summary,
          totalCents: 3360,
          customerEmail: 'tea@example.com',
        });
        expect(await page.locator('#order').innerText()).toContain(order?.code);
        // What Stripe knows of it, and that the sentence is the model's.
        const { data } = await stripe.paymentIntents.list({ limit: 1 });
        expect(data).toEqual([
          expect.objectContaining({ status: 'succeeded', amount_received: 3360, currency: 'eur' }),
        ]);
        expect(await answersOf('openai')).toContainEqual(expect.stringContaining(summary));
        expect(errors).toEqual([]);
      });

      it('shows that a card is declined, and takes another', async () => {
        await using tab = await openPage();
        const { page } = tab;
        await toCheckout(page, 'Keemun');
        await pay(page, '4000 0000 0000 0002');
        expect(await page.getByRole('alert').innerText()).toBe('Your card was declined.');
        expect((await orders())[0]).toMatchObject({ status: 'pending', summary: null });
        await pay(page, '4242 4242 4242 4242');
        await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
        await until('it is paid', async () => (await orders())[0]?.status !== 'pending');
        expect((await stripe.charges.list({ limit: 2 })).data.map(({ status }) => status)).toEqual([
          'succeeded',
          'failed',
        ]);
      });

      it('puts the tea back on the shelf when the customer cancels', async () => {
        await using tab = await openPage();
        const { page } = tab;
        const before = await stockOf('Sencha');
        await toCheckout(page, 'Sencha', 3);
        expect(await stockOf('Sencha')).toBe(before - 3);
        await page.getByRole('link', { name: 'Cancel' }).click();
        await page.getByRole('heading', { name: 'This order is cancelled' }).waitFor();
        expect((await orders())[0]).toMatchObject({ status: 'cancelled' });
        expect(await stockOf('Sencha')).toBe(before);
        expect((await stripe.checkout.sessions.list({ limit: 1 })).data[0]).toMatchObject({ status: 'expired' });
      });

      it('puts it back too when nobody has paid for a day', async () => {
        await using tab = await openPage();
        const before = await stockOf('Sencha');
        await toCheckout(tab.page, 'Sencha');
        const [order] = await orders();
        await shop.ok(['time', '+1d']);
        await until('Stripe has told it', async () => (await orders())[0]?.status === 'cancelled');
        expect((await orders())[0]?.code).toBe(order?.code);
        expect(await stockOf('Sencha')).toBe(before);
      });

      it('acts on an event once, and on none that Stripe did not sign', async () => {
        const [event] = (await stripe.events.list({ type: 'checkout.session.expired', limit: 1 })).data;
        const payload = JSON.stringify({ ...event, id: 'evt_told_twice' });
        const signature = (secret = env.STRIPE_WEBHOOK_SECRET ?? '') =>
          stripe.webhooks.generateTestHeaderString({ payload, secret });
        const tell = async (header: string) => {
          const headers = { 'stripe-signature': header };
          return (await fetch(`${url}/webhooks/stripe`, { method: 'POST', body: payload, headers })).status;
        };
        const before = await stockOf('Sencha');
        expect(await tell(signature('whsec_of_somebody_else'))).toBe(400);
        expect(await tell('')).toBe(400);
        expect([await tell(signature()), await tell(signature())]).toEqual([200, 200]);
        const told = "select count(*) from stripe_events where id = 'evt_told_twice'";
        expect((await shop.ok(['psql', '-Atc', told])).stdout).toBe('1');
        expect(await stockOf('Sencha')).toBe(before);
      });

      it('loses no order while the model fails, and sums it up later', async () => {
        await using tab = await openPage();
        const { page } = tab;
        await shop.write({ 'mocks/faults.yaml': 'rules: [{ fault: server-error }]\n' });
        await shop.ok(['up', '--detach']);
        await toCheckout(page, 'Gyokuro');
        await pay(page, '4242 4242 4242 4242');
        await page.getByText('It is paid and confirmed.').waitFor();
        await until('the model has failed', async () => (await callsOf('openai')).some(({ status }) => status === 500));
        expect((await orders())[0]).toMatchObject({ status: 'confirmed', summary: null });
        await shop.write({ 'mocks/faults.yaml': 'rules: []\n' });
        await shop.ok(['up', '--detach']);
        await page.locator('#summary').getByText('Gyokuro').waitFor({ timeout: 60_000 });
      });

      it('takes payments back with the orders', async () => {
        expect((await stripe.paymentIntents.list()).data).toHaveLength(3);
        await shop.ok(['reset']);
        expect((await stripe.paymentIntents.list()).data).toEqual([]);
        expect(await orders()).toContainEqual(expect.objectContaining({ code: 'CAFEF00D' }));
        expect(await orders()).not.toContainEqual(expect.objectContaining({ customerEmail: 'tea@example.com' }));
      });

      async function toCheckout(page: Page, tea: string, quantity = 1): Promise<void> {
        await page.goto(url);
        await page.getByRole('link', { name: tea }).click();
        await page.getByLabel('Ordering as').fill('tea@example.com');
        await page.getByLabel('Tins').fill(String(quantity));
        await page.getByRole('button', { name: `Buy ${tea}` }).click();
        await page.waitForURL(/\/pay\/checkout\/cs_test_/);
      }

      async function pay(page: Page, card: string): Promise<void> {
        await page.getByLabel('Card number').fill(card);
        await page.getByRole('button', { name: /^Pay €/ }).click();
      }

      async function orders(): Promise<readonly Order[]> {
        return (await (await fetch(`${url}/api/orders`)).json()) as readonly Order[];
      }

      async function stockOf(tea: string): Promise<number> {
        return Number((await shop.ok(['psql', '-Atc', `select stock from products where name = '${tea}'`])).stdout);
      }

      async function callsOf(provider: string): Promise<readonly Call[]> {
        const { stdout } = await shop.ok(['mocks', 'log', '--json']);
        const calls = stdout.split('\n').map((line) => JSON.parse(line) as Call);
        return calls.filter((call) => call.provider === provider);
      }

      async function answersOf(provider: string): Promise<readonly string[]> {
        const ids = (await callsOf(provider)).map(({ id }) => String(id));
        const shown = ids.map((id) => shop.json<{ answer: string }>(['mocks', 'show', id, '--json']));
        return (await Promise.all(shown)).map(({ answer }) => answer);
      }
    });
  });
});
