import { expect, it } from 'vitest';
import { takeTurns } from '../../../src/lib/turns.ts';

it('what computes for long lets timers have their turn, and is ended by them', async () => {
  const end = new AbortController();
  const turn = takeTurns(end.signal);
  let heard = false;
  setTimeout(() => {
    heard = true;
  });
  while (!heard) await turn();
  setTimeout(() => end.abort('SIGINT'));
  const goOn = async (): Promise<never> => {
    for (;;) await turn();
  };
  await expect(goOn()).rejects.toBe('SIGINT');
});
