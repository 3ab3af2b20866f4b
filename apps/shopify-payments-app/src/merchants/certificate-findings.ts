import { X509Certificate } from 'node:crypto';
import { days, type Finding } from '@gatewright/payment-core';
import type { SessionGate } from '../env.ts';
import { type CertificatesResult, readCertificates } from '../server/certificates.ts';

/** Time enough to get another one without haste. */
const soonMs = days(30);

const remedyOf = (whose: string): string =>
  whose === 'own'
    ? 'Renew the certificate at SESSION_TLS_CERT; the app reads it again within a minute.'
    : "Add Shopify's new authority at SHOPIFY_CA beside the old one; the app reads it again within a minute.";

const name = (whose: 'own' | 'shopify'): string =>
  whose === 'own'
    ? 'The certificate of the session address'
    : "A certificate of Shopify's authority at SHOPIFY_CA";

/** What its end means, if it is near. @param now ms */
export const certificateFinding = (
  pem: string,
  whose: 'own' | 'shopify',
  now: number,
): Finding | undefined => {
  const { validTo } = new X509Certificate(pem);
  const ends = Date.parse(validTo);
  if (now < ends - soonMs) return undefined;
  const ended = now >= ends;
  return {
    code: `${whose}-certificate-${ended ? 'ended' : 'ends-soon'}`,
    severity: ended ? 'error' : 'warning',
    cause: `${name(whose)} ${ended ? 'ended' : 'ends'} on ${new Date(ends).toISOString().slice(0, 10)}.`,
    effect: ended
      ? 'Shopify cannot start payments over it.'
      : 'From then on Shopify cannot start payments over it.',
    remedy: remedyOf(whose),
  };
};

const unreadable = ({ message }: Extract<CertificatesResult, { ok: false }>): Finding => ({
  code: 'certificates-unreadable',
  severity: 'error',
  cause: message,
  effect: 'The listener goes on with what it read last, and will not start again.',
  remedy: 'Put the files back; the app reads them again within a minute.',
});

/** Behind a proxy the certificates are the proxy's. */
export const certificateFindings = async (gate: SessionGate, now: number): Promise<readonly Finding[]> => {
  if (gate.kind === 'proxy') return [];
  const read = await readCertificates(gate.paths);
  if (!read.ok) return [unreadable(read)];
  const { ca, cert } = read.certificates;
  const found = [
    certificateFinding(cert, 'own', now),
    ...ca.map((authority) => certificateFinding(authority, 'shopify', now)),
  ];
  return found.filter((finding) => finding !== undefined);
};
