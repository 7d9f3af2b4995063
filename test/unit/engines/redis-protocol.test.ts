import { describe, expect, it } from 'vitest';
import { type Command, encode, type Reply, ReplyError, ReplyReader } from '../../../src/engines/redis-protocol.ts';

const bytesOf = (commands: readonly Command[]): Buffer => Buffer.concat([...encode(commands)]);

describe('commands', () => {
  it('say how many bytes a word has, not how many letters', () => {
    expect(bytesOf([['SET', 'Grüße', '😀']]).toString()).toBe('*3\r\n$3\r\nSET\r\n$7\r\nGrüße\r\n$4\r\n😀\r\n');
  });

  it('carry bytes that are no text between texts', () => {
    const value = Buffer.from([0xff, 0, 13, 10]);
    const sent = bytesOf([['SET', 'a', value], ['PING']]);
    const expected = [
      Buffer.from('*3\r\n$3\r\nSET\r\n$1\r\na\r\n$4\r\n'),
      value,
      Buffer.from('\r\n*1\r\n$4\r\nPING\r\n'),
    ];
    expect(sent).toEqual(Buffer.concat(expected));
  });

  it('come in pieces of bounded size, however many there are', () => {
    const commands = Array.from({ length: 20_000 }, (_, n) => ['SET', `key:${n}`, 'x'.repeat(50)]);
    const pieces = [...encode(commands)];
    expect(pieces.length).toBeGreaterThan(3);
    for (const piece of pieces) expect(piece.length).toBeLessThan(300_000);
    expect(new ReplyReader().read(Buffer.concat(pieces))).toHaveLength(20_000);
  });
});

describe('replies', () => {
  const wire = Buffer.from(
    '+OK\r\n:-7\r\n$6\r\na\r\nb\r\n\r\n$-1\r\n*2\r\n*1\r\n$2\r\n\u00fc\r\n*0\r\n-ERR no\r\n*-1\r\n$0\r\n\r\n',
  );
  const expected: readonly Reply[] = [
    ...['OK', -7, Buffer.from('a\r\nb\r\n'), null],
    [[Buffer.from('ü')], []],
    new ReplyError('ERR no'),
    null,
    Buffer.from(''),
  ];

  it.each([1, 2, 3, 5, 7, 64, 1_000])('are the same in pieces of %d bytes', (size) => {
    const reader = new ReplyReader();
    const found: Reply[] = [];
    for (let at = 0; at < wire.length; at += size) found.push(...reader.read(wire.subarray(at, at + size)));
    expect(found).toEqual(expected);
  });

  it('of any length are read in time that grows with their length', () => {
    const value = Buffer.alloc(64_000_000, 'x');
    const all = Buffer.concat([Buffer.from(`*2\r\n$${value.length}\r\n`), value, Buffer.from('\r\n:1\r\n')]);
    const reader = new ReplyReader();
    const found: Reply[] = [];
    const began = performance.now();
    for (let at = 0; at < all.length; at += 16_384) found.push(...reader.read(all.subarray(at, at + 16_384)));
    expect(found).toHaveLength(1);
    // Put together anew with each piece it would be minutes.
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((found[0] as readonly Buffer[])[0]?.equals(value)).toBe(true);
  });

  it('of another protocol are refused', () => {
    expect(() => new ReplyReader().read(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))).toThrow("doesn't speak Redis");
  });
});
