/** Shared by every loaded copy of the package, so that no check needs `instanceof`. */
export const jsonNumberBrand: unique symbol = Symbol.for('gatewright.json-number');

/**
 * A JSON number as it stands on the wire: `49.90` stays `49.90`, an id above 2^53 keeps its digits.
 * The brand is a symbol, so no JSON text can imitate one.
 */
export interface JsonNumber {
  readonly [jsonNumberBrand]: true;
  readonly lexeme: string;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Wraps the text of a JSON number, for an outgoing numeric field (gateways.md rule 9, TP-8).
 * @throws TypeError when the text is no JSON number: a bug of the caller, since every Decimal is one.
 */
export const jsonNumber = (lexeme: string): JsonNumber => {
  if (!NUMBER.test(lexeme)) throw new TypeError('jsonNumber: the text is not a JSON number');
  return { [jsonNumberBrand]: true, lexeme };
};

export const isJsonNumber = (value: unknown): value is JsonNumber =>
  typeof value === 'object' &&
  value !== null &&
  jsonNumberBrand in value &&
  value[jsonNumberBrand] === true &&
  'lexeme' in value &&
  typeof value.lexeme === 'string';
