import { describe, expect, test } from 'vitest';
import {
  compareVersions,
  newestOfMajor,
  upstreamVersion,
  versionInOutput,
} from '../../../../src/runtimes/embedded/programs/versions.ts';

describe('the newest of a major', () => {
  const versions = ['16.14.0-beta.17', '17.9.0-beta.17', '17.10.0-beta.9', '17.10.0-beta.17', '18.4.0-beta.17'];

  test('is found among prereleases, number by number', () => {
    expect(newestOfMajor(versions, '17')).toBe('17.10.0-beta.17');
    expect(newestOfMajor(versions, '18')).toBe('18.4.0-beta.17');
  });

  test('is a release before its prereleases', () => {
    expect(newestOfMajor([...versions, '17.10.0'], '17')).toBe('17.10.0');
  });

  test('is none when there is no such major', () => {
    expect(newestOfMajor(versions, '1')).toBeNull();
  });
});

test('versions of different length compare as if filled up with zeros', () => {
  expect(compareVersions('7.0', '7.0.0')).toBe(0);
  expect(compareVersions('7.0.15', '7.2')).toBeLessThan(0);
});

test.each([
  ['Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=43c8b8d4', '7.0.15'],
  ['Valkey server v=8.1.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', '8.1.1'],
  ['redis-cli 7.0.15', '7.0.15'],
  ['psql (PostgreSQL) 17.2 (Debian 17.2-1.pgdg120+1)', '17.2'],
  ['usage: something else', null],
])('the version in %j is %j', (output, version) => {
  expect(versionInOutput(output)).toBe(version);
});

test.each([
  ['5:7.0.15-1~deb12u10', '7.0.15'],
  ['15.13-0+deb12u1', '15.13'],
  ['15+248+deb12u1', '15'],
  ['8.0.2-3+b1', '8.0.2'],
])('the upstream version of %j is %j', (debian, version) => {
  expect(upstreamVersion(debian)).toBe(version);
});
