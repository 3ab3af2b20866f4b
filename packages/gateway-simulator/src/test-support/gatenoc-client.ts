import * as z from 'zod';

export interface Credentials {
  readonly merchantId: string;
  readonly apiKey: string;
  readonly baseUrl: string;
}

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const usualHeaders = ({ merchantId, apiKey }: Credentials) => ({
  merchant: merchantId,
  authorization: `Bearer ${apiKey}`,
});

/** Sends a request with the account's credentials, unless `headers` gives others. */
export const send = async (
  account: Credentials,
  path: string,
  { method = 'GET', body, headers }: Call = {},
) => {
  const response = await fetch(`${account.baseUrl}${path}`, {
    method,
    headers: {
      ...(headers ?? usualHeaders(account)),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: JSON.parse(text) as Record<string, unknown>,
    headers: response.headers,
  };
};

const sessionSchema = z.strictObject({
  checkout_url: z.string(),
  invoice_url: z.string(),
  expires_at: z.string(),
});

export const openSession = async (account: Credentials, fields: object = {}, key?: string) => {
  const { json } = await send(account, '/checkout-session', {
    method: 'POST',
    body: { amount: 10.5, note: 'order-1', ...fields },
    headers: { ...usualHeaders(account), ...(key === undefined ? {} : { 'idempotency-key': key }) },
  });
  return sessionSchema.parse(json);
};

export const tokenOf = (session: { readonly checkout_url: string }): string =>
  new URL(session.checkout_url).searchParams.get('cs') ?? '';
