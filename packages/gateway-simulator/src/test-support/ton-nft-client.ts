import * as z from 'zod';

export interface OperatorAccount {
  readonly baseUrl: string;
  readonly apiKey: string;
}

const createdSchema = z.strictObject({
  id: z.string(),
  depositAddress: z.string(),
  expectedOwner: z.string(),
  nftAddress: z.string().nullable(),
  status: z.literal('pending'),
  checkoutUrl: z.string(),
  instructions: z.string(),
});

const rowSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  forwarded: z.boolean(),
  callbackSent: z.boolean(),
});

/** Calls `/api/payments` as a shop would; a text body goes out as it is. */
export const call = async (account: OperatorAccount, method: string, body?: object | string) => {
  const response = await fetch(`${account.baseUrl}/api/payments`, {
    method,
    headers: { Authorization: `Bearer ${account.apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, body: answer };
};

export const createPayment = async (account: OperatorAccount, fields: object = {}) =>
  createdSchema.parse((await call(account, 'POST', fields)).body);

export const listPayments = async (account: OperatorAccount) =>
  z.array(rowSchema).parse((await call(account, 'GET')).body);
