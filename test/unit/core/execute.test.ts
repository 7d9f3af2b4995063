import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/core/events.ts';
import { execute } from '../../../src/core/execute.ts';
import type { Plan, Step } from '../../../src/core/plan.ts';

function planOf(steps: Readonly<Record<string, readonly string[]>>): Plan {
  const made = Object.entries(steps).map(
    ([id, after]): Step => ({ id, kind: 'start-service', target: id, cause: 'test', after }),
  );
  return { steps: made, refusals: [], kept: [] };
}

function options(events: Event[] = [], signal: AbortSignal = new AbortController().signal) {
  let time = 0;
  return { emit: (event: Event) => void events.push(event), signal, now: () => ++time };
}

describe('execute', () => {
  it('runs what is independent side by side, and the rest in order', async () => {
    const running = new Set<string>();
    let most = 0;
    const order: string[] = [];
    await execute(
      planOf({ a: [], b: [], c: ['a', 'b'] }),
      async (step) => {
        running.add(step.id);
        most = Math.max(most, running.size);
        await Promise.resolve();
        running.delete(step.id);
        order.push(step.id);
      },
      options(),
    );
    expect(most).toBe(2);
    expect(order.at(-1)).toBe('c');
  });

  it('begins nothing new after a failure, tells what runs to stop, awaits it, and throws the failure', async () => {
    const events: Event[] = [];
    let stopped = false;
    const failing = execute(
      planOf({ slow: [], bad: [], next: ['bad'] }),
      async (step, signal) => {
        if (step.id === 'bad') throw new Error('no');
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        stopped = true;
      },
      options(events),
    );
    await expect(failing).rejects.toThrow('no');
    expect(stopped).toBe(true);
    expect(events.filter((event) => event.type === 'step-failed')).toHaveLength(1);
    expect(events.some((event) => event.type === 'step-started' && event.step === 'next')).toBe(false);
  });

  it('ends with the reason of the caller when the caller gives up', async () => {
    const controller = new AbortController();
    const given = execute(
      planOf({ a: [] }),
      (_step, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
      options([], controller.signal),
    );
    controller.abort(new Error('Ctrl-C'));
    await expect(given).rejects.toThrow('Ctrl-C');
  });
});
