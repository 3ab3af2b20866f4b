import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type GeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** PEM texts; `certificate` may carry the chain that is sent with it. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly certificate: string;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** TLS checks certificates against the machine's time, so validity does not follow the virtual clock. */
export const VALID: Validity = { notBefore: new Date('2020-01-01'), notAfter: new Date('2049-01-01') };
export const EXPIRED: Validity = { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') };
export const NOT_YET_VALID: Validity = {
  notBefore: new Date('2048-01-01'),
  notAfter: new Date('2049-01-01'),
};

export interface Leaf {
  readonly commonName: string;
  readonly use: 'client' | 'server';
  readonly hosts?: readonly string[];
  readonly validity?: Validity;
}

export interface CertificateAuthority {
  /** PEM of this authority's own certificate. */
  readonly certificate: string;
  intermediate(commonName: string): Promise<CertificateAuthority>;
  issue(leaf: Leaf): Promise<KeyAndCertificate>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const serialNumber = (): string =>
  `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex')}`;

const privateKeyPem = async (key: webcrypto.CryptoKey): Promise<string> =>
  PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

interface Certified {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: webcrypto.CryptoKey;
  readonly signingKey: webcrypto.CryptoKey;
  readonly validity: Validity;
  readonly extensions: Extension[];
}

const certify = ({ validity, ...certified }: Certified): Promise<X509Certificate> =>
  X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    ...certified,
    ...validity,
    signingAlgorithm: ALGORITHM,
  });

const authorityExtensions = (): Extension[] => [
  new BasicConstraintsExtension(true, undefined, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
];

const isAddress = (host: string): boolean => /^[0-9.]+$|:/.test(host);

const leafExtensions = ({ use, hosts = [] }: Leaf): Extension[] => {
  const usage = use === 'client' ? ExtendedKeyUsage.clientAuth : ExtendedKeyUsage.serverAuth;
  const names = hosts.map((host): { type: GeneralName['type']; value: string } => ({
    type: isAddress(host) ? 'ip' : 'dns',
    value: host,
  }));
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([usage]),
    ...(names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names)]),
  ];
};

const authority = (
  subject: string,
  certificate: X509Certificate,
  keys: webcrypto.CryptoKeyPair,
): CertificateAuthority => ({
  certificate: `${certificate.toString('pem')}\n`,
  intermediate: async (commonName) => {
    const own = await newKeys();
    const name = `CN=${commonName}`;
    const signed = await certify({
      subject: name,
      issuer: subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      validity: VALID,
      extensions: authorityExtensions(),
    });
    return authority(name, signed, own);
  },
  issue: async (leaf) => {
    const own = await newKeys();
    const signed = await certify({
      subject: `CN=${leaf.commonName}`,
      issuer: subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      validity: leaf.validity ?? VALID,
      extensions: leafExtensions(leaf),
    });
    return { key: await privateKeyPem(own.privateKey), certificate: `${signed.toString('pem')}\n` };
  },
});

/** A self-signed root with fresh keys (ECDSA P-256). */
export const createRoot = async (commonName: string): Promise<CertificateAuthority> => {
  const keys = await newKeys();
  const name = `CN=${commonName}`;
  const certificate = await certify({
    subject: name,
    issuer: name,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    validity: VALID,
    extensions: authorityExtensions(),
  });
  return authority(name, certificate, keys);
};

/** A certificate that only vouches for itself. */
export const selfSigned = async (commonName: string): Promise<KeyAndCertificate> => {
  const keys = await newKeys();
  const name = `CN=${commonName}`;
  const certificate = await certify({
    subject: name,
    issuer: name,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    validity: VALID,
    extensions: leafExtensions({ commonName, use: 'client' }),
  });
  return { key: await privateKeyPem(keys.privateKey), certificate: `${certificate.toString('pem')}\n` };
};
