import { type Decimal, isJsonNumber, type JsonNumber, jsonNumber } from '@gatewright/payment-core';

/** JSON as a simulated gateway writes it. Money and long ids are `jsonNumber(lexeme)`; plain numbers are counts. */
export type NativeJson =
  | null
  | boolean
  | string
  | number
  | JsonNumber
  | readonly NativeJson[]
  | { readonly [key: string]: NativeJson | undefined };

export type NativeObject = { readonly [key: string]: NativeJson | undefined };

/** How a language's standard serialiser writes (gateways.md 10.2). */
export interface JsonStyle {
  readonly itemSeparator: string;
  readonly keySeparator: string;
  readonly asciiOnly: boolean;
  readonly escapeSlash: boolean;
  /** DEL is ASCII, yet Python's ensure_ascii escapes it. */
  readonly escapeDelete: boolean;
}

const COMPACT = {
  itemSeparator: ',',
  keySeparator: ':',
  asciiOnly: false,
  escapeSlash: false,
  escapeDelete: false,
};

/** `JSON.stringify` */
export const JAVASCRIPT: JsonStyle = COMPACT;
/** `json.dumps` */
export const PYTHON: JsonStyle = {
  ...COMPACT,
  itemSeparator: ', ',
  keySeparator: ': ',
  asciiOnly: true,
  escapeDelete: true,
};
/** `json_encode` */
export const PHP: JsonStyle = { ...COMPACT, asciiOnly: true, escapeSlash: true };
/** Valid JSON that no common serialiser writes by default: what a re-serialising verifier breaks on (CP-3). */
export const UNUSUAL: JsonStyle = { ...PYTHON, escapeSlash: true };

const unicodeEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const writeString = (text: string, style: JsonStyle): string => {
  let written = JSON.stringify(text);
  if (style.asciiOnly) written = written.replace(/[\u0080-\uffff]/g, unicodeEscape);
  if (style.escapeDelete) written = written.replaceAll('\u007f', '\\u007f');
  return style.escapeSlash ? written.replaceAll('/', '\\/') : written;
};

/** A PHP float below 0.0001 goes out with an exponent: `1.04e-5`, `1.0e-5`. Other amounts keep their digits. */
export const phpNumber = (amount: Decimal): JsonNumber => {
  const [, zeros = '', digits = ''] = /^0\.(0{4,})([1-9]\d*?)0*$/.exec(amount) ?? [];
  if (digits === '') return jsonNumber(amount);
  return jsonNumber(`${digits.charAt(0)}.${digits.slice(1) || '0'}e-${zeros.length + 1}`);
};

/**
 * Fields that are undefined are left out, as in `JSON.stringify`.
 * @throws RangeError for a number that is no safe integer: money must come as a lexeme.
 */
export const writeNativeJson = (value: NativeJson, style: JsonStyle): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return writeString(value, style);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value))
      throw new RangeError('writeNativeJson: money and long ids need a lexeme');
    return String(value);
  }
  if (isJsonNumber(value)) return value.lexeme;
  if (Array.isArray(value)) {
    return `[${value.map((item: NativeJson) => writeNativeJson(item, style)).join(style.itemSeparator)}]`;
  }
  const fields = Object.entries(value).flatMap(([key, field]) =>
    field === undefined
      ? []
      : [`${writeString(key, style)}${style.keySeparator}${writeNativeJson(field, style)}`],
  );
  return `{${fields.join(style.itemSeparator)}}`;
};
