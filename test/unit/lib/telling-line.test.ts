import { describe, expect, it } from 'vitest';
import { tellingLine } from '../../../src/lib/telling-line.ts';

const at = '2026-11-21 10:00:00.123 UTC';
const starting = `${at} [12] FATAL:  the database system is starting up`;
const ready = `${at} [10] LOG:  database system is ready to accept connections`;

describe('the line that tells why a server ended', () => {
  const cases: readonly (readonly [what: string, lines: readonly string[], expected: string | undefined])[] = [
    ['is none where a client was merely too early', [starting, ready], undefined],
    ['is none where it was killed while it still started', [starting, `${at} [10] LOG:  redo starts`], undefined],
    ['is not what a client was told', [ready, `${at} [14] FATAL:  database "x" does not exist`], undefined],
    [
      'is what stopped it from starting, not what others said of that',
      [`${at} [10] FATAL:  unrecognized configuration parameter "x"`, 'pg_ctl: could not start server'],
      'FATAL:  unrecognized configuration parameter "x"',
    ],
    [
      'is what ended it after it was ready',
      [ready, `${at} [10] PANIC:  could not write to file "pg_wal/1"`, starting],
      'PANIC:  could not write to file "pg_wal/1"',
    ],
    [
      'is one of Redis',
      ['4711:M 21 Nov 2026 10:00:00.123 # Warning: no', '4711:M 21 Nov 2026 10:00:00.123 # Failed listening on port 1'],
      'Failed listening on port 1',
    ],
  ];
  it.each(cases)('%s', (_, lines, expected) => expect(tellingLine(lines)).toBe(expected));
});
