import {
  type Decimal,
  decimalFromLexeme,
  isJsonNumber,
  isZero,
  significantScale,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { fractionDigits, isKnownCurrency } from './catalogue.ts';

/** The error schema is undocumented; texts and shape are those of Django REST framework, which the paths look like. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

const MOST_DIGITS = 15;
const REQUIRED = 'This field is required.';

const text = (longest = 255) =>
  z
    .string('Not a valid string.')
    .min(1, 'This field may not be blank.')
    .refine(
      (value) => [...value].length <= longest,
      `Ensure this field has no more than ${longest} characters.`,
    )
    .nullish()
    .transform((value) => value ?? undefined);

const isWebUrl = (value: string): boolean =>
  URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);

const url = z
  .string('Enter a valid URL.')
  .refine(isWebUrl, 'Enter a valid URL.')
  .nullish()
  .transform((value) => value ?? undefined);

const requiredText = z
  .string({ error: ({ input }) => (input === undefined ? REQUIRED : 'Not a valid string.') })
  .min(1, 'This field may not be blank.');

const choice = (isKnown: (value: string) => boolean) =>
  requiredText.refine(isKnown, {
    error: ({ input }) => `"${String(input)}" is not a valid choice.`,
  });

/** A JSON number, as documented: a text is refused (TP-8). */
const amount = z.unknown().transform((value, context): Decimal => {
  const refuse = (message: string): never => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (value === undefined) return refuse(REQUIRED);
  const decimal = isJsonNumber(value) ? decimalFromLexeme(value.lexeme) : undefined;
  if (decimal === undefined) return refuse('A valid number is required.');
  if (isZero(decimal)) return refuse('Ensure this value is greater than 0.');
  if (decimal.replace(/^0\.?0*/, '').replace('.', '').length > MOST_DIGITS)
    return refuse(`Ensure that there are no more than ${MOST_DIGITS} digits in total.`);
  return decimal;
});

const invoiceSchema = (methods: readonly string[]) =>
  z
    .object({
      amount,
      currency: choice(isKnownCurrency),
      order_id: text(),
      description: text(2_000),
      customer_email: z
        .email('Enter a valid email address.')
        .nullish()
        .transform((value) => value ?? undefined),
      customer_name: text(),
      return_url: url,
      cancel_url: url,
      webhook_url: url,
      payment_methods: z
        .array(
          choice((method) => methods.includes(method)),
          'Expected a list of items.',
        )
        .min(1, 'This list may not be empty.')
        .nullish()
        .transform((value) => value ?? methods),
    })
    .superRefine((given, context) => {
      const digits = fractionDigits(given.currency);
      if (significantScale(given.amount) <= digits) return;
      const message = `Ensure that there are no more than ${digits} decimal places.`;
      context.addIssue({ code: 'custom', path: ['amount'], message });
    });

export const keyUpdateSchema = z.object({ webhook_url: url, name: text(100) });

/** Checks a body; the errors of each field in the framework's shape. */
export const checkFields = <T extends z.ZodType>(
  schema: T,
  fields: unknown,
):
  | { readonly ok: true; readonly value: z.output<T> }
  | { readonly ok: false; readonly errors: FieldErrors } => {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors: Record<string, string[]> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? 'non_field_errors');
    errors[field] = [...(errors[field] ?? []), message];
  }
  return { ok: false, errors };
};

export const checkInvoice = (fields: unknown, methods: readonly string[]) =>
  checkFields(invoiceSchema(methods), fields);
