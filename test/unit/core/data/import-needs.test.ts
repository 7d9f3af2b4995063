import { describe, expect, it } from 'vitest';
import { rolesToMake, whyNotImport } from '../../../../src/core/data/import-needs.ts';

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

describe('roles that a server lacks', () => {
  const roles = ['postgres', 'reader', 'anon', 'pg_signal_backend'];

  it('are made but for those of Postgres itself, and owners and grants are kept', () => {
    expect(rolesToMake({ roles, user: 'postgres' }, ['postgres', 'reader'])).toEqual({
      make: ['anon'],
      withOwners: true,
    });
    expect(rolesToMake({ roles, user: 'postgres' }, roles)).toEqual({ make: [], withOwners: true });
  });

  it('are made for policies where the superuser has another name, and its rights are given to nobody', () => {
    expect(rolesToMake({ roles, user: 'postgres' }, ['app', 'reader'])).toEqual({ make: ['anon'], withOwners: false });
    expect(rolesToMake({ roles }, ['postgres', 'reader'])).toEqual({ make: ['anon'], withOwners: false });
  });
});
