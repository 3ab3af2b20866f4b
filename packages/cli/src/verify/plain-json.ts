import { type ExactJson, isJsonNumber } from '@gatewright/payment-core';

/** Exact JSON as configuration schemas read it: numbers become JS numbers. Never used for money. */
export const plainJson = (value: ExactJson | undefined): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (isJsonNumber(value)) return Number(value.lexeme);
  if (Array.isArray(value)) return value.map(plainJson);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plainJson(field)]));
};
