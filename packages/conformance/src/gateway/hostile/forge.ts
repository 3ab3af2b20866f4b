import type { HeaderLines } from '@gatewright/payment-core';
import type { WebhookOnWire } from '../../journey/receiver.ts';
import type { WebhookFormat } from '../subject.ts';

const utf8 = new TextEncoder();
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const hexDigest = /[0-9a-fA-F]{64}/;

const fieldPattern = (name: string): RegExp => new RegExp(`"${name}"\\s*:\\s*"([^"]*)"`);

const isNamed =
  (name: string) =>
  ([line]: HeaderLines[number]): boolean =>
    line.toLowerCase() === name.toLowerCase();

/** The signature's value as it stands in a genuine webhook. */
const signatureOf = ({ headers, body }: WebhookOnWire, { signature }: WebhookFormat): string => {
  const value =
    signature.in === 'header'
      ? headers.find(isNamed(signature.name))?.[1]
      : fieldPattern(signature.name).exec(textOf(body))?.[1];
  if (value === undefined || !hexDigest.test(value))
    throw new Error(`the gateway's webhook has no signature in ${signature.in} ${signature.name}`);
  return value;
};

/** The genuine webhook with other lines (or repeated fields) in place of its signature; none removes it. */
const withSignatures = (
  webhook: WebhookOnWire,
  { signature }: WebhookFormat,
  values: readonly string[],
): WebhookOnWire => {
  const { headers, body } = webhook;
  if (signature.in === 'header') {
    const name = headers.find(isNamed(signature.name))?.[0] ?? signature.name;
    const others = headers.filter((line) => !isNamed(signature.name)(line));
    return { body, headers: [...others, ...values.map((value): [string, string] => [name, value])] };
  }
  const fields = values.map((value) => `"${signature.name}":${JSON.stringify(value)}`).join(',');
  const text = textOf(body);
  const field = fieldPattern(signature.name).source;
  return {
    headers,
    body: utf8.encode(
      fields === ''
        ? text.replace(new RegExp(`,\\s*${field}|${field}\\s*,`), '')
        : text.replace(new RegExp(field), fields),
    ),
  };
};

/** @param change what becomes of the 64 hex digits; whatever stands around them stays */
export const withDigits = (
  webhook: WebhookOnWire,
  format: WebhookFormat,
  ...changes: readonly ((hex: string) => string)[]
): WebhookOnWire => {
  const value = signatureOf(webhook, format);
  return withSignatures(
    webhook,
    format,
    changes.map((change) => value.replace(hexDigest, change)),
  );
};

/** The whole value is replaced. */
export const withSignatureValue = (
  webhook: WebhookOnWire,
  format: WebhookFormat,
  change: (value: string) => string,
): WebhookOnWire => withSignatures(webhook, format, [change(signatureOf(webhook, format))]);

export const withoutSignature = (webhook: WebhookOnWire, format: WebhookFormat): WebhookOnWire =>
  withSignatures(webhook, format, []);

/** The signature field holds a value of another type. */
export const withSignatureJson = (
  webhook: WebhookOnWire,
  { signature }: WebhookFormat,
  json: string,
): WebhookOnWire => ({
  headers: webhook.headers,
  body: utf8.encode(
    textOf(webhook.body).replace(fieldPattern(signature.name), `"${signature.name}":${json}`),
  ),
});

/** The bytes change after they were signed. */
export const withBody = (webhook: WebhookOnWire, body: Uint8Array | string): WebhookOnWire => ({
  headers: webhook.headers,
  body: typeof body === 'string' ? utf8.encode(body) : body,
});

export const asText = ({ body }: WebhookOnWire): string => textOf(body);
