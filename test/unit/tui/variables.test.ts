import { expect, it } from 'vitest';
import { variables } from '../../../src/tui/panes/variables/index.ts';
import { textOf } from '../../../src/tui/row.ts';
import { Keyboard } from './support.ts';

const shown = (...keys: readonly string[]) => {
  const keyboard = new Keyboard().press(...keys);
  keyboard.variables = [
    { name: 'A', shared: { value: '1', origin: 'base' }, losers: [{ value: '2', origin: '.env' }], own: [] },
    {
      name: 'MODE',
      shared: { value: 'x', origin: 'base' },
      losers: [],
      own: [{ target: 'web', value: 'y', origin: 'own' }],
    },
    { name: 'PORT', shared: null, losers: [], own: [{ target: 'web', value: '5002', origin: 'minted (devenv)' }] },
    { name: 'POSTGRES_DB', shared: null, losers: [], own: [{ target: 'db', value: 'shop', origin: 'services.db' }] },
  ];
  return variables.rows(keyboard.context()).map((row) => textOf(row).trim().replace(/ +/g, ' '));
};

it('shows the variables that the selected one gets, and from where', () => {
  expect(shown('j', 'j', 'j')).toEqual([
    ...['A 1', 'from base', 'not 2 from .env'],
    ...['MODE y', 'from own', 'not x from base'],
    ...['PORT 5002', 'from minted (devenv)'],
  ]);
  expect(shown('j')).toEqual(['POSTGRES_DB shop', 'from services.db']);
  expect(shown('j', 'j')).toEqual([expect.stringMatching(/^A service gets its own variables only/)]);
});

it('shows for all of them who gets another one', () => {
  expect(shown()).toEqual([
    ...['A 1', 'from base', 'not 2 from .env'],
    ...['MODE x', 'from base', 'web: y from own'],
    ...['PORT for single ones only', 'web: 5002 from minted (devenv)'],
    ...['POSTGRES_DB for single ones only', 'db: shop from services.db'],
  ]);
});
