import {
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509';

/** An extension of a certificate (RFC 5280, 4.2) before it is written. */
export interface ExtensionDraft {
  readonly id: string;
  /** Who doesn't know it refuses the certificate. */
  readonly critical: boolean;
  readonly value: object;
}

export function authorityExtensions(names: readonly string[], key: Buffer): readonly ExtensionDraft[] {
  return [
    { id: id_ce_basicConstraints, critical: true, value: new BasicConstraints({ cA: true, pathLenConstraint: 0 }) },
    { id: id_ce_keyUsage, critical: true, value: new KeyUsage(KeyUsageFlags.keyCertSign) },
    { id: id_ce_extKeyUsage, critical: false, value: new ExtendedKeyUsage([id_kp_serverAuth]) },
    { id: id_ce_nameConstraints, critical: true, value: onlyFor(names) },
    subjectKey(key),
  ];
}

export function leafExtensions(name: string, key: Buffer, authorityKey: Buffer): readonly ExtensionDraft[] {
  const authority = new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(authorityKey) });
  return [
    { id: id_ce_basicConstraints, critical: true, value: new BasicConstraints({ cA: false }) },
    { id: id_ce_keyUsage, critical: true, value: new KeyUsage(KeyUsageFlags.digitalSignature) },
    { id: id_ce_extKeyUsage, critical: false, value: new ExtendedKeyUsage([id_kp_serverAuth]) },
    { id: id_ce_subjectAltName, critical: false, value: new SubjectAlternativeName([dns(name)]) },
    subjectKey(key),
    { id: id_ce_authorityKeyIdentifier, critical: false, value: authority },
  ];
}

/** CN: 2.5.4.3. */
export function attributeOf(commonName: string): RelativeDistinguishedName {
  const value = new AttributeValue({ utf8String: commonName });
  return new RelativeDistinguishedName([new AttributeTypeAndValue({ type: '2.5.4.3', value })]);
}

/** A kind of name that isn't spoken of is free (RFC 5280, 4.2.1.10): so every address is excluded, IPv4 and IPv6. */
function onlyFor(names: readonly string[]): NameConstraints {
  const addresses = ['0.0.0.0/0', '::/0'].map((iPAddress) => new GeneralName({ iPAddress }));
  return new NameConstraints({
    permittedSubtrees: subtrees(names.map(dns)),
    excludedSubtrees: subtrees(addresses),
  });
}

function subtrees(names: readonly GeneralName[]): GeneralSubtrees {
  return new GeneralSubtrees(names.map((base) => new GeneralSubtree({ base })));
}

function dns(name: string): GeneralName {
  return new GeneralName({ dNSName: name });
}

function subjectKey(key: Buffer): ExtensionDraft {
  return { id: id_ce_subjectKeyIdentifier, critical: false, value: new SubjectKeyIdentifier(key) };
}
