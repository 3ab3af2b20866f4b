import * as z from 'zod';

const envelopeSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), name: z.string() }).optional(),
});

export const invoiceSchema = z.looseObject({ invoice_id: z.number(), hash: z.string(), status: z.string() });
export type WireInvoice = z.output<typeof invoiceSchema>;

export interface Account {
  readonly token: string;
  readonly baseUrl: string;
}

/** Calls a method by POST JSON; the HTTP status and the envelope as they came. */
export const call = async (account: Account, method: string, parameters: object = {}) => {
  const response = await fetch(`${account.baseUrl}/${method}`, {
    method: 'POST',
    headers: { 'Crypto-Pay-API-Token': account.token, 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  return { status: response.status, ...envelopeSchema.parse(await response.json()) };
};

export const createInvoice = async (account: Account, parameters: object = {}): Promise<WireInvoice> => {
  const answer = await call(account, 'createInvoice', { asset: 'USDT', amount: '9.99', ...parameters });
  return invoiceSchema.parse(answer.result);
};

export const getInvoices = async (
  account: Account,
  parameters: object = {},
): Promise<readonly WireInvoice[]> => {
  const answer = await call(account, 'getInvoices', parameters);
  return z.object({ items: z.array(invoiceSchema) }).parse(answer.result).items;
};
