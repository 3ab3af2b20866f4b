import * as z from 'zod';

export interface Credentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly baseUrl: string;
}

const invoiceSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  address: z.string(),
  paid_amount: z.number(),
  txid: z.string().nullable(),
  confirmations: z.object({ received: z.number(), required: z.number() }),
});

/** Sends a request with the account's credentials; the body comes back as text too, for its bytes. */
export const send = async (account: Credentials, method: string, path: string, body?: string) => {
  const response = await fetch(`${account.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${account.apiKey}:${account.apiSecret}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) as Record<string, unknown> };
};

export const create = async (account: Credentials, fields: object = {}) => {
  const wanted = { network: 'trc20', amount_usd: 50, order_id: 'ORD-1', ...fields };
  const { json } = await send(account, 'POST', '/invoices', JSON.stringify(wanted));
  return z.object({ invoice: invoiceSchema, checkout_url: z.string() }).parse(json);
};

export const read = async (account: Credentials, id: string) => {
  const { json } = await send(account, 'GET', `/invoices/${id}`);
  return invoiceSchema.parse(json.invoice);
};
