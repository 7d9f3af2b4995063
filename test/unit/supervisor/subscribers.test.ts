import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/core/events.ts';
import { LineSplitter } from '../../../src/lib/lines.ts';
import { Subscribers } from '../../../src/supervisor/subscribers.ts';

const log = (line: string): Event => ({ type: 'log', source: 'web', stream: 'out', time: null, line });
const state = (why: string): Event => ({ type: 'process', name: 'web', state: 'ready', pid: 1, url: null, why });

describe('Subscribers', () => {
  it('leaves out lines for a reader who falls behind, keeps states, and tells how many', async () => {
    const subscribers = new Subscribers();
    const server = createServer((_, response) => subscribers.add(response, { logs: true }, [state('first')]));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const response = await new Promise<IncomingMessage>((resolve) => request({ port }, resolve).end());
      const line = 'x'.repeat(1000);
      for (let count = 0; count < 20_000; count++) subscribers.publish(log(line));
      subscribers.publish(state('last'));
      const events: Event[] = [];
      const splitter = new LineSplitter();
      for await (const chunk of response as AsyncIterable<Buffer>) {
        events.push(...splitter.push(chunk).map((row) => JSON.parse(row) as Event));
        if (events.at(-1)?.type === 'notice') break;
      }
      const shown = events.filter((event) => event.type === 'log').length;
      expect(events[0]).toEqual(state('first'));
      expect(events).toContainEqual(state('last'));
      expect(shown).toBeLessThan(5000);
      expect(events.at(-1)).toMatchObject({ type: 'notice', message: `${20_000 - shown} log lines left out` });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
