import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  Certificate,
  Extension,
  Extensions,
  Name,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
} from '@peculiar/asn1-x509';
import { attributeOf, authorityExtensions, type ExtensionDraft, leafExtensions } from './extensions.ts';

/** Milliseconds since 1970. */
export interface Lifetime {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Authority {
  readonly name: string;
  readonly lifetime: Lifetime;
  /** PEM. */
  readonly certificate: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface Leaf {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
}

/** One that vouches for servers of these names and below them, and for nothing else. */
export function makeAuthority(name: string, names: readonly string[], lifetime: Lifetime): Authority {
  const { publicKey, privateKey } = keyPair();
  const issuer = { name, publicKey, privateKey };
  const extensions = authorityExtensions(names, keyId(publicKey));
  const certificate = certificateOf({ subject: name, publicKey, lifetime, extensions }, issuer);
  return { ...issuer, lifetime, certificate };
}

/** It lives as long as its authority. */
export function makeLeaf(authority: Authority, name: string): Leaf {
  const { publicKey, privateKey } = keyPair();
  const extensions = leafExtensions(name, keyId(publicKey), keyId(authority.publicKey));
  const { lifetime } = authority;
  return {
    certificate: certificateOf({ subject: name, publicKey, lifetime, extensions }, authority),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

interface Draft {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly lifetime: Lifetime;
  readonly extensions: readonly ExtensionDraft[];
}

type Issuer = Pick<Authority, 'name' | 'privateKey'>;

/** RFC 5758: its parameters are absent. */
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const V3 = 2;

/** RFC 5280, 4.1. */
function certificateOf({ subject, publicKey, lifetime, extensions }: Draft, issuer: Issuer): string {
  const algorithm = new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const tbsCertificate = new TBSCertificate({
    version: V3,
    serialNumber: serialNumber(),
    signature: algorithm,
    issuer: nameOf(issuer.name),
    validity: new Validity({ notBefore: timeOf(lifetime.fromMs), notAfter: timeOf(lifetime.toMs) }),
    subject: nameOf(subject),
    subjectPublicKeyInfo: AsnConvert.parse(spkiOf(publicKey), SubjectPublicKeyInfo),
    extensions: new Extensions(extensions.map(extensionOf)),
  });
  const signed = Buffer.from(AsnConvert.serialize(tbsCertificate));
  const signatureValue = exact(sign('sha256', signed, issuer.privateKey));
  const whole = new Certificate({ tbsCertificate, signatureAlgorithm: algorithm, signatureValue });
  return pem(Buffer.from(AsnConvert.serialize(whole)));
}

/** A curve that every TLS library knows. */
function keyPair() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** RFC 5280, 4.2.1.2: of the bits of the key alone. */
function keyId(key: KeyObject): Buffer {
  const { subjectPublicKey } = AsnConvert.parse(spkiOf(key), SubjectPublicKeyInfo);
  return createHash('sha1').update(Buffer.from(subjectPublicKey)).digest();
}

function spkiOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** Positive, and never with a first byte of 0, which DER would not have. */
function serialNumber(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return exact(bytes);
}

function nameOf(name: string): Name {
  return new Name([attributeOf(name)]);
}

/** Of whole seconds. */
function timeOf(ms: number): Date {
  return new Date(Math.floor(ms / 1_000) * 1_000);
}

function extensionOf({ id, critical, value }: ExtensionDraft): Extension {
  return new Extension({ extnID: id, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

/** Without what else may be in a buffer's memory. */
function exact(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
