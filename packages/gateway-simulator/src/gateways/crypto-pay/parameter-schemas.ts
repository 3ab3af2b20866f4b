import { type Decimal, isZero, parseDecimal } from '@gatewright/payment-core';
import * as z from 'zod';

/** A parameter may also be sent empty instead of not at all. */
const blankIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional());

export const currencyType = z.preprocess(
  blankIsAbsent,
  z.enum(['crypto', 'fiat'], 'CURRENCY_TYPE_INVALID').default('crypto'),
);

export const longest = (characters: number, name: string) =>
  optional(z.string().refine((text) => [...text].length <= characters, name));

export const flag = (name: string) =>
  optional(z.enum(['true', 'false', '1', '0'], name).transform((text) => text === 'true' || text === '1'));

export const amount = z.string('AMOUNT_INVALID').transform((text, context): Decimal => {
  const value = parseDecimal(text);
  if (value !== undefined && !isZero(value)) return value;
  context.addIssue({ code: 'custom', message: 'AMOUNT_INVALID' });
  return z.NEVER;
});

export const list = optional(z.string().transform((text) => text.split(',').map((item) => item.trim())));

export const text = optional(z.string());

/** A whole number between two bounds, digits only. */
export const wholeNumber = (least: number, most: number, name: string) =>
  z
    .string(name)
    .regex(/^\d{1,15}$/, name)
    .transform(Number)
    .refine((value) => value >= least && value <= most, name);

const optionalNumber = (least: number, most: number, name: string) =>
  optional(wholeNumber(least, most, name));

export const paging = {
  offset: optionalNumber(0, 1e15, 'OFFSET_INVALID'),
  count: optionalNumber(1, 1000, 'COUNT_INVALID'),
};
