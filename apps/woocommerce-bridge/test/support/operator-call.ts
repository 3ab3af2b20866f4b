import type { StoreId } from '@gatewright/payment-core';
import type { World } from './world.ts';

export interface OperatorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export const tokenOf = async ({ bridge }: World, store: StoreId, name = 'ann'): Promise<string> => {
  const added = await bridge.vault.addOperator(store, name);
  if (!added.ok) throw new Error(added.reason);
  return added.token;
};

export interface OperatorRequest {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it stands when it is a string. */
  readonly body?: unknown;
}

/** A call on the operator's listener (or another origin), as curl makes it. */
export const callOperator = async (
  origin: string,
  path: string,
  { token, headers = {}, body }: OperatorRequest = {},
): Promise<OperatorAnswer> => {
  const response = await fetch(`${origin}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed: unknown = JSON.parse(text);
  return { status: response.status, headers: response.headers, text, body: parsed };
};
