import {
  currencyCodeSchema,
  type Decimal,
  type ExactJson,
  type Fact,
  type Invoice,
  invoiceSchema,
  invoiceStatusSchema,
  isJsonNumber,
  type Money,
  moneySchema,
  networkSchema,
  parseCurrency,
  type RegisteredGateway,
  wireAmount,
  wireInstant,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { isJsonObject, type JsonObject } from './webhook-line.ts';

const text = z.union([
  z.string(),
  z.custom<{ lexeme: string }>(isJsonNumber).transform(({ lexeme }) => lexeme),
]);
const currency = z
  .string()
  .transform((code) => parseCurrency(code))
  .pipe(currencyCodeSchema);
const amountIn = z.object({
  amount: wireAmount,
  currency,
  network: networkSchema.optional().catch(undefined),
});
/** ISO 8601, ms as our own rows have them, or Unix seconds as the line's own time. */
const instant = z.union([
  wireInstant,
  z.custom<{ lexeme: string }>(isJsonNumber).transform(({ lexeme }) => {
    const number = Number(lexeme);
    return Math.trunc(number < 100_000_000_000 ? number * 1000 : number);
  }),
]);

/** Reads what is there, field by field; one that cannot be read is named and left out. */
export const fieldsOf = (given: ExactJson | undefined, name: string, unread: string[]) => {
  if (given !== undefined && given !== null && !isJsonObject(given)) unread.push(name);
  const object: JsonObject = isJsonObject(given) ? given : {};
  return <T>(key: string, schema: z.ZodType<T>): T | null => {
    const value = object[key];
    if (value === undefined || value === null) return null;
    const parsed = schema.safeParse(value);
    if (!parsed.success) unread.push(`${name}.${key}`);
    return parsed.success ? parsed.data : null;
  };
};

export type Fields = ReturnType<typeof fieldsOf>;

/** Stands where neither the invoice nor the order names an amount; it is then compared with nothing. */
const nothing: Money = moneySchema.parse({ amount: '0', currency: 'XXX' });

const together = (amount: Decimal | null, code: Money['currency'] | null): Money | null =>
  amount === null || code === null ? null : { amount, currency: code };

const moneyOf = ({ network, ...money }: z.infer<typeof amountIn>): Money =>
  network === undefined ? money : { ...money, network };

const moneyField = (fields: Fields, key: string): Money | null => {
  const money = fields(key, amountIn);
  return money && moneyOf(money);
};

export const orderMoney = (order: Fields): Money | null =>
  together(order('amount', wireAmount) ?? order('total', wireAmount), order('currency', currency));

/** What the order asked for when the invoice was made: its own word, else its amount where no rate lies between. */
const frozenOrder = (given: Fields, asked: Money | null, order: Money | null): Money => {
  const made = asked && (order === null || asked.currency === order.currency) ? asked : order;
  return moneyField(given, 'order') ?? made ?? nothing;
};

/** An invoice row with what the line says; what it does not say is left so that nothing is compared with it. */
export const invoiceOf = (
  given: Fields,
  order: Money | null,
  fact: Fact,
  gateway: RegisteredGateway,
): Invoice | undefined => {
  const code = given('currency', currency) ?? order?.currency ?? null;
  const asked = moneyField(given, 'quoted') ?? together(given('amount', wireAmount), code);
  const expiresAt = given('expiresAt', instant) ?? Number.MAX_SAFE_INTEGER;
  const parsed = invoiceSchema.safeParse({
    id: 'invoice-of-this-line',
    store: 'line',
    account: 'line',
    orderKey: 'line',
    gateway: gateway.id,
    mode: 'test',
    method: null,
    n: 1,
    reference: given('reference', text) ?? fact.reference ?? '',
    status: given('status', invoiceStatusSchema) ?? 'open',
    exceptions: [],
    order: frozenOrder(given, asked, order),
    quoted: gateway.capabilities.quoteAtPayment ? null : (asked ?? order ?? fact.quoted),
    payable: moneyField(given, 'payable'),
    rate: null,
    valuation: null,
    received: null,
    paymentRecords: [],
    transaction: null,
    confirmations: null,
    gatewayPaymentId: given('gatewayPaymentId', text) ?? given('id', text),
    payUrl: null,
    address: null,
    ambiguous: false,
    superseded: false,
    createdAt: fact.asOf,
    expiresAt,
    monitorUntil: expiresAt,
    firstReceiptAt: null,
    settledAt: null,
    lastReadAt: null,
    nextReadAt: null,
    version: 1,
  });
  return parsed.success ? parsed.data : undefined;
};
