import { expect, it } from 'vitest';
import { whyNotImport } from '../../../../src/core/data/import-needs.ts';

it('takes what is of the same or an older major, and refuses what is newer', () => {
  const on = (version: string) => whyNotImport({ server: '16.4', extensions: [] }, { version, available: [] });
  expect(on('16.1')).toEqual([]);
  expect(on('17.0')).toEqual([]);
  expect(on('9.6')).toEqual(['it is of Postgres 16.4, and this server is 9.6']);
});

it('names each extension that is missing', () => {
  const needs = { server: '17.0', extensions: ['citext', 'postgis', 'vector'] };
  expect(whyNotImport(needs, { version: '17.0', available: ['citext'] })).toEqual([
    'this server has no extension postgis, vector',
  ]);
});
