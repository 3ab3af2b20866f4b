import * as z from 'zod';

export interface TeleportAccount {
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly baseUrl: string;
}

const createdSchema = z.object({
  success: z.literal(true),
  payment_id: z.string(),
  bill_uid: z.string(),
  payment_url: z.string(),
  expires_at: z.string(),
  payment_methods: z.array(z.string()),
});
export type CreatedBill = z.output<typeof createdSchema>;

/** Calls the API as a shop would; a text body goes out as it is. */
export const call = async (
  account: TeleportAccount,
  method: string,
  path: string,
  body?: object | string,
  headers: Readonly<Record<string, string>> = {},
) => {
  const response = await fetch(`${account.baseUrl}${path}`, {
    method,
    redirect: 'manual',
    headers: { 'X-API-Key': account.apiKey, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, location: response.headers.get('location'), body: answer };
};

export const createBill = async (account: TeleportAccount, fields: object = {}): Promise<CreatedBill> => {
  const given = { amount: 49.99, currency: 'USD', order_id: '1234-1', ...fields };
  const { body } = await call(account, 'POST', '/invoice/create/', given);
  return createdSchema.parse(body);
};
