import {
  type ExactJson,
  type ExactJsonFault,
  type HeaderLines,
  isJsonNumber,
  parseExactJson,
} from '@gatewright/payment-core';

/** Why a line of input is no webhook. `line-gateway-unknown` names a gateway that this version does not have. */
export type LineFault =
  | `line-${Exclude<ExactJsonFault, 'forbidden-key'>}`
  | 'line-not-an-object'
  | 'line-gateway-missing'
  | 'line-gateway-unknown'
  | 'line-headers-unusable'
  | 'line-body-missing'
  | 'line-body-not-base64'
  | 'line-received-at-missing'
  | 'line-received-at-unusable'
  | 'line-too-long';

export type JsonObject = Readonly<Record<string, ExactJson>>;

/** One recorded webhook with the account's configuration; `receivedAt` in ms since the epoch. */
export interface WebhookLine {
  readonly id: ExactJson;
  readonly gateway: string;
  readonly config: ExactJson | undefined;
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
  readonly receivedAt: number;
  readonly invoice: ExactJson | undefined;
  readonly order: ExactJson | undefined;
}

/** What could be read of a line stays, so that its answer can name it and show its headers. */
export type LineReading =
  | { readonly ok: true; readonly line: WebhookLine }
  | {
      readonly ok: false;
      readonly reason: LineFault;
      readonly id: ExactJson;
      readonly config: ExactJson | undefined;
      readonly headers: HeaderLines;
    };

export const isJsonObject = (value: ExactJson | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isJsonNumber(value);

/** A value may be an array: the header's repeated lines. `null` is a header that did not come. */
const readHeaders = (headers: ExactJson | undefined): HeaderLines | undefined => {
  if (headers === undefined || headers === null) return [];
  if (!isJsonObject(headers)) return undefined;
  const lines: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    for (const line of Array.isArray(value) ? value : [value]) {
      if (typeof line === 'string') lines.push([name, line]);
      else if (isJsonNumber(line)) lines.push([name, line.lexeme]);
      else if (line !== null) return undefined;
    }
  }
  return lines;
};

const isBase64 = (digits: string): boolean =>
  digits.length % 4 !== 1 && (!/[^A-Za-z0-9+/]/.test(digits) || !/[^A-Za-z0-9_-]/.test(digits));

/** Node's decoder skips what is no base64 and would verify other bytes than the ones that were meant. */
const readBody = (text: ExactJson | undefined): Uint8Array | LineFault => {
  if (text === undefined || text === null) return 'line-body-missing';
  if (typeof text !== 'string' || !isBase64(text.replace(/={1,2}$/, ''))) return 'line-body-not-base64';
  return Buffer.from(text, 'base64');
};

const LAST_SECOND_OF_9999 = 253_402_300_799;

/** Unix seconds, also with a fraction. Milliseconds by mistake are out of range, and said so. */
const readReceivedAt = (value: ExactJson | undefined): number | LineFault => {
  if (value === undefined || value === null) return 'line-received-at-missing';
  if (!isJsonNumber(value)) return 'line-received-at-unusable';
  // A time, never money, so a JS number is exact enough.
  const seconds = Number(value.lexeme);
  return seconds >= 0 && seconds <= LAST_SECOND_OF_9999
    ? Math.floor(seconds * 1000)
    : 'line-received-at-unusable';
};

const noLine = (reason: LineFault): LineReading => ({
  ok: false,
  reason,
  id: null,
  config: undefined,
  headers: [],
});

const spelled = (letter: string): string => {
  const hex = letter.charCodeAt(0).toString(16).replace('f', '[fF]');
  return `(?:${letter}|\\\\u00${hex})`;
};
/** A text in front of a colon is a key, and no text holds a bare quotation mark, so nothing else is found. */
const PROTO_KEY = new RegExp(`"${[...'__proto__'].map(spelled).join('')}"(?=\\s*:)`, 'g');

/** In a webhook's body the key `__proto__` is refused; here it is a key that we do not know, so it is passed over. */
const parseLine = (input: Uint8Array | string) => {
  const parsed = parseExactJson(input);
  if (parsed.ok || parsed.reason !== 'forbidden-key') return parsed;
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('utf8');
  return parseExactJson(text.replace(PROTO_KEY, '"__proto"'));
};

/** Reads one line of `gatewright verify`, strictly: a repeated key could mean either value. Other keys are ignored. */
export const readWebhookLine = (input: Uint8Array | string): LineReading => {
  const parsed = parseLine(input);
  if (!parsed.ok) {
    // Renamed above, so it cannot be there.
    return noLine(parsed.reason === 'forbidden-key' ? 'line-not-json' : `line-${parsed.reason}`);
  }
  if (!isJsonObject(parsed.value)) return noLine('line-not-an-object');
  const { id = null, gateway, config, invoice, order } = parsed.value;
  const headers = readHeaders(parsed.value.headers);
  const fault = (reason: LineFault): LineReading => ({
    ok: false,
    reason,
    id,
    config,
    headers: headers ?? [],
  });
  if (typeof gateway !== 'string') return fault('line-gateway-missing');
  if (headers === undefined) return fault('line-headers-unusable');
  const body = readBody(parsed.value.body);
  if (typeof body === 'string') return fault(body);
  const receivedAt = readReceivedAt(parsed.value.receivedAt);
  if (typeof receivedAt === 'string') return fault(receivedAt);
  return { ok: true, line: { id, gateway, config, headers, body, receivedAt, invoice, order } };
};

export const tooLongLine: LineReading = noLine('line-too-long');
