import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { expect, it } from 'vitest';
import { makeAuthority, makeLeaf } from '../../../../src/mocks/by-name/certificate.ts';

const fromMs = Date.now() - 60_000;
const toMs = fromMs + 30 * 86_400_000;
const authority = makeAuthority('devenv mocks', ['api.stripe.com'], { fromMs, toMs });
const leaf = makeLeaf(authority, 'api.stripe.com');

it('is made for its time, of an authority that may vouch for servers alone', () => {
  const [ca, own] = [new X509Certificate(authority.certificate), new X509Certificate(leaf.certificate)];
  expect([ca.ca, own.ca]).toEqual([true, false]);
  expect([ca.verify(ca.publicKey), own.verify(ca.publicKey), own.checkIssued(ca)]).toEqual([true, true, true]);
  for (const { validFrom, validTo } of [ca, own]) {
    expect(Date.parse(validFrom)).toBe(Math.floor(fromMs / 1_000) * 1_000);
    expect(Date.parse(validTo)).toBe(Math.floor(toMs / 1_000) * 1_000);
  }
  expect(own.subjectAltName).toBe('DNS:api.stripe.com');
  // The OID of serverAuth, RFC 5280, 4.2.1.12.
  expect([ca.keyUsage, own.keyUsage]).toEqual([['1.3.6.1.5.5.7.3.1'], ['1.3.6.1.5.5.7.3.1']]);
  expect(ca.serialNumber).not.toBe(own.serialNumber);
});

it('is believed by a client that knows the authority and no other', async () => {
  expect(await shake(leaf, 'api.stripe.com', authority.certificate)).toBe('believed');
  expect(await shake(leaf, 'api.stripe.com')).toMatch(/^unable to verify the first certificate/);
  const other = makeAuthority('devenv mocks', ['api.stripe.com'], { fromMs, toMs });
  expect(await shake(leaf, 'api.stripe.com', other.certificate)).not.toBe('believed');
});

it.each(['api.openai.com', 'stripe.com', 'evil-api.stripe.com', 'localhost'])(
  'is worth nothing where the authority vouches for %s',
  async (name) => {
    expect(await shake(makeLeaf(authority, name), name, authority.certificate)).toBe('permitted subtree violation');
  },
);

it('is worth nothing before and after its time', async () => {
  for (const [from, to, problem] of [
    [fromMs - 86_400_000, fromMs, 'certificate has expired'],
    [Date.now() + 3_600_000, toMs, 'certificate is not yet valid'],
  ] as const) {
    const outdated = makeAuthority('devenv mocks', ['api.stripe.com'], { fromMs: from, toMs: to });
    expect(await shake(makeLeaf(outdated, 'api.stripe.com'), 'api.stripe.com', outdated.certificate)).toBe(problem);
  }
});

/** What a client finds that calls this server by this name: `believed`, or the problem in OpenSSL's words. */
async function shake(own: typeof leaf, servername: string, ca?: string): Promise<string> {
  const server = createServer({ cert: own.certificate, key: own.privateKey });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, servername, ...(ca === undefined ? {} : { ca }) });
      socket.once('secureConnect', () => resolve('believed'));
      socket.once('error', ({ message }) => resolve(message));
      socket.once('close', () => resolve('closed'));
      socket.once('secureConnect', () => socket.destroy());
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
