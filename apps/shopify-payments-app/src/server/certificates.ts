import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';

/** Whose client certificates are believed, and what this listener shows itself as. PEM texts. */
export interface Certificates {
  /** Every root and intermediate in the files, in their order; Shopify has had several at once. */
  readonly ca: readonly string[];
  readonly cert: string;
  readonly key: string;
}

export type CertificatesFault =
  | 'ca-unreadable'
  | 'ca-empty'
  | 'ca-malformed'
  | 'cert-unreadable'
  | 'cert-malformed';

export type CertificatesResult =
  | { readonly ok: true; readonly certificates: Certificates }
  | { readonly ok: false; readonly reason: CertificatesFault; readonly message: string };

/** Where they lie. `ca` is a PEM file with any number of certificates, or a folder of such files. */
export interface CertificatePaths {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const isPemFile = (name: string): boolean => /\.(?:pem|crt|cer)$/i.test(name);

const caFiles = async (path: string): Promise<readonly string[]> => {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter(isPemFile).sort();
  return names.map((name) => join(path, name));
};

const refuse = (reason: CertificatesFault, message: string): CertificatesResult => ({
  ok: false,
  reason,
  message,
});

const isCertificate = (text: string): boolean => {
  try {
    return new X509Certificate(text).ca;
  } catch {
    return false;
  }
};

const readTexts = async (paths: readonly string[]): Promise<readonly string[] | undefined> => {
  try {
    return await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
};

const fits = (cert: string, key: string): boolean => {
  try {
    createSecureContext({ cert, key });
    return true;
  } catch {
    return false;
  }
};

/** Reads and checks all of them; a set that does not fit together is refused as a whole, so a half-written file changes nothing. */
export const readCertificates = async (paths: CertificatePaths): Promise<CertificatesResult> => {
  const files = await caFiles(paths.ca).catch(() => undefined);
  const texts = files && (await readTexts(files));
  if (!texts) return refuse('ca-unreadable', `The certificates at ${paths.ca} cannot be read.`);
  const ca = texts.flatMap((text) => text.match(pem) ?? []);
  if (ca.length === 0) return refuse('ca-empty', `There is no certificate at ${paths.ca}.`);
  const wrong = ca.findIndex((text) => !isCertificate(text));
  if (wrong >= 0)
    return refuse('ca-malformed', `Certificate ${wrong + 1} at ${paths.ca} is not one of an authority.`);
  const own = await readTexts([paths.cert, paths.key]);
  const [cert, key] = own ?? [];
  if (cert === undefined || key === undefined)
    return refuse('cert-unreadable', `The listener's own certificate or key cannot be read.`);
  if (!fits(cert, key)) return refuse('cert-malformed', `The listener's certificate and key do not fit.`);
  return { ok: true, certificates: { ca, cert, key } };
};
