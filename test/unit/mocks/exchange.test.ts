import { expect, it } from 'vitest';
import { Exchange } from '../../../src/mocks/exchange.ts';

it('waits for all who use the old one, and has the others wait for the new one', async () => {
  const told: string[] = [];
  const exchange = new Exchange('a', () => Promise.reject(new Error('not asked for')));
  let end = () => {};
  const using = exchange.use((one) =>
    new Promise<void>((resolve) => (end = resolve)).then(() => told.push(`end of ${one}`)),
  );
  await Promise.resolve();
  const changed = exchange.change(async (old) => {
    told.push(`exchange of ${old}`);
    return 'b';
  });
  const later = exchange.use((one) => told.push(`use of ${one}`));
  end();
  await Promise.all([using, changed, later]);
  expect(told).toEqual(['end of a', 'exchange of a', 'use of b']);
});

it('makes one again for whoever comes after making it has failed, and tells him where that fails too', async () => {
  let fails = true;
  const exchange = new Exchange('a', async () => {
    if (fails) throw new Error('full');
    return 'c';
  });
  await expect(exchange.change(() => Promise.reject(new Error('first')))).rejects.toThrow('first');
  await expect(exchange.use((one) => one)).rejects.toThrow('full');
  fails = false;
  expect(await Promise.all([exchange.use((one) => one), exchange.use((one) => one)])).toEqual(['c', 'c']);
  await exchange.change(async (old) => `${old}d`);
  expect(await exchange.use((one) => one)).toBe('cd');
});
