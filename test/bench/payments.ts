import { Agent, request } from 'node:http';
import type { Measurement, Scenario } from './measurement.ts';
import { KEYS, startMocks } from './mocks-process.ts';
import { summarise } from './statistics.ts';

const RUNS = 5;
const WRITES = 1000;
const CONNECTIONS = 32;
const WARM_UP = 2000;

/** The payments mock with its journal on the disk: intents are created, and confirmed by a call of their own. */
export const payments: Scenario = {
  name: 'payments',
  async measure(signal) {
    await using running = await startMocks();
    return await measureAt(`http://127.0.0.1:${running.port}`, signal);
  },
};

async function measureAt(url: string, signal: AbortSignal): Promise<readonly Measurement[]> {
  const caller = new Caller(url);
  await caller.writes(WARM_UP, CONNECTIONS);
  const together: number[] = [];
  const alone: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    signal.throwIfAborted();
    together.push(await caller.writes(WRITES, CONNECTIONS));
    alone.push((await caller.writes(WRITES / 10, 1)) / (WRITES / 10));
  }
  return [
    {
      name: `payments: ${WRITES} durable writes, ${CONNECTIONS} connections`,
      unit: 'ms',
      target: { atMost: 1000, of: 'unit' },
      devenv: summarise(together),
    },
    {
      name: 'payments: one durable write, one connection',
      unit: 'ms',
      target: { atMost: 3, of: 'unit' },
      devenv: summarise(alone),
    },
  ];
}

class Caller {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true });
  #count = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** Milliseconds for so many writes, half of them confirmations. */
  async writes(count: number, connections: number): Promise<number> {
    const began = performance.now();
    let left = count;
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 2;
        const { id } = await this.#post(
          '/v1/payment_intents',
          'amount=1000&currency=usd&automatic_payment_methods[enabled]=true&automatic_payment_methods[allow_redirects]=never',
        );
        await this.#post(`/v1/payment_intents/${id}/confirm`, 'payment_method=pm_card_visa');
      }
    };
    await Promise.all(Array.from({ length: connections }, worker));
    return performance.now() - began;
  }

  #post(path: string, body: string): Promise<{ readonly id: string }> {
    this.#count += 1;
    const headers = {
      authorization: `Bearer ${KEYS.stripeSecret}`,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': body.length,
      'idempotency-key': `bench ${this.#count}`,
    };
    return new Promise((resolve, reject) => {
      const call = request(`${this.#url}${path}`, { method: 'POST', agent: this.#agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => (response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(text))));
      });
      call.on('error', reject).end(body);
    });
  }
}
