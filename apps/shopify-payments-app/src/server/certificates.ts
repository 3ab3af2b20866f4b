import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';

/** Whose client certificates are believed, and what this listener shows itself as. PEM texts. */
export interface Certificates {
  /** What is believed: roots, in their order; Shopify has had several at once. Intermediates where the settings say so. */
  readonly ca: readonly string[];
  /** Intermediates that lie there and are not believed: Shopify sends its own with its certificate. */
  readonly ignored: number;
  readonly cert: string;
  readonly key: string;
}

export type CertificatesFault =
  | 'ca-unreadable'
  | 'ca-empty'
  | 'ca-malformed'
  | 'ca-no-root'
  | 'cert-unreadable'
  | 'cert-malformed';

interface Refusal {
  readonly ok: false;
  readonly reason: CertificatesFault;
  readonly message: string;
}

export type CertificatesResult = { readonly ok: true; readonly certificates: Certificates } | Refusal;

/** Where they lie. `ca` is a PEM file with any number of certificates, or a folder of such files. */
export interface CertificatePaths {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /**
   * Whether a client may send its certificate without the intermediate that signed it, where that one lies at `ca`.
   * Off: the chain has to come with the handshake, as Shopify sends it (contract 2.8).
   */
  readonly leafAlone: boolean;
}

const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const isPemFile = (name: string): boolean => /\.(?:pem|crt|cer)$/i.test(name);

const caFiles = async (path: string): Promise<readonly string[]> => {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter(isPemFile).sort();
  return names.map((name) => join(path, name));
};

const refuse = (reason: CertificatesFault, message: string): Refusal => ({
  ok: false,
  reason,
  message,
});

const authorityOf = (text: string): X509Certificate | undefined => {
  try {
    const read = new X509Certificate(text);
    return read.ca ? read : undefined;
  } catch {
    return undefined;
  }
};

const signsItself = (authority: X509Certificate): boolean =>
  authority.checkIssued(authority) && authority.verify(authority.publicKey);

/** OpenSSL builds a chain over every certificate that it is given, so an intermediate that is given lets a leaf alone pass. */
const authorities = (
  texts: readonly string[],
  { ca: path, leafAlone }: CertificatePaths,
): Pick<Certificates, 'ca' | 'ignored'> | Refusal => {
  const found = texts.flatMap((text) => text.match(pem) ?? []);
  if (found.length === 0) return refuse('ca-empty', `There is no certificate at ${path}.`);
  const read = found.map((text) => ({ text, authority: authorityOf(text) }));
  const wrong = read.findIndex(({ authority }) => authority === undefined);
  if (wrong >= 0)
    return refuse('ca-malformed', `Certificate ${wrong + 1} at ${path} is not one of an authority.`);
  const roots = read.flatMap(({ text, authority }) => (authority && signsItself(authority) ? [text] : []));
  if (roots.length === 0)
    return refuse(
      'ca-no-root',
      `There is no root at ${path}: every certificate there was signed by another one, so no client could be let in. Put Shopify's root beside it.`,
    );
  return leafAlone ? { ca: found, ignored: 0 } : { ca: roots, ignored: found.length - roots.length };
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
  const believed = authorities(texts, paths);
  if ('reason' in believed) return believed;
  const own = await readTexts([paths.cert, paths.key]);
  const [cert, key] = own ?? [];
  if (cert === undefined || key === undefined)
    return refuse('cert-unreadable', `The listener's own certificate or key cannot be read.`);
  if (!fits(cert, key)) return refuse('cert-malformed', `The listener's certificate and key do not fit.`);
  return { ok: true, certificates: { ...believed, cert, key } };
};
