import { createHash } from 'node:crypto';
import { type ExactJson, type HeaderLines, isJsonNumber, redactHeaders } from '@gatewright/payment-core';

/** Configuration that may be shown. Everything else counts as secret, so a new gateway's key is one before we name it. */
const PUBLIC_KEYS: ReadonlySet<string> = new Set([
  'acceptedAssets',
  'baseUrl',
  'keyEncoding',
  'maxTon',
  'merchantId',
  'networks',
  'paymentMethods',
  'testnet',
  'toleranceSeconds',
]);

const leaves = (value: ExactJson | undefined): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (isJsonNumber(value)) return [value.lexeme];
  if (Array.isArray(value)) return value.flatMap(leaves);
  return Object.entries(value).flatMap(([key, field]) => (PUBLIC_KEYS.has(key) ? [] : leaves(field)));
};

/** The spellings in which a credential turns up in a header; its SHA-256 is the NFT gateway's signing key. */
const spellings = (secret: string): readonly string[] => {
  const trimmed = secret.trim();
  return [
    secret,
    trimmed,
    trimmed.replace(/^base64:/, ''),
    new URLSearchParams([['', trimmed]]).toString().slice(1),
    Buffer.from(trimmed).toString('base64'),
    createHash('sha256').update(trimmed).digest('hex'),
  ];
};

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** In any case, because header names are lower-cased; longest first, so that no rest of a secret stays. */
const anyOf = (texts: readonly string[]): RegExp =>
  new RegExp(
    [...texts]
      .sort((a, b) => b.length - a.length)
      .map(literally)
      .join('|'),
    'gi',
  );

/** The core's redaction, and after it nothing of the account's own configuration that is secret (GN-1). */
export const redactedHeaders = (
  headers: HeaderLines,
  config: ExactJson | undefined,
): Readonly<Record<string, string>> => {
  const redacted = redactHeaders(headers);
  const shown = JSON.stringify(Object.entries(redacted)).toLowerCase();
  const quoted = (text: string): string => JSON.stringify(text.toLowerCase()).slice(1, -1);
  const secrets = leaves(config)
    .flatMap(spellings)
    .filter((text) => text.trim() !== '' && shown.includes(quoted(text)));
  if (secrets.length === 0) return redacted;
  const pattern = anyOf(secrets);
  const clean = (text: string): string => text.replace(pattern, '[redacted]');
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(redacted)) record[clean(name)] = clean(value);
  return record;
};
