import type { StoreId } from '@gatewright/payment-core';
import { type WireKey, wireHeaders } from '@gatewright/storefront-simulator';
import type { World } from './world.ts';

let calls = 0;

export interface PluginAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A call signed by the shop double's own code: the other side's implementation of the wire. */
export const callBridge = async (
  { simulators, bridge }: World,
  key: WireKey,
  method: 'GET' | 'POST',
  target: string,
  body?: unknown,
  change: { readonly headers?: Record<string, string>; readonly at?: number } = {},
): Promise<PluginAnswer> => {
  const bytes = Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  calls += 1;
  const headers = wireHeaders(key, {
    timestamp: String(Math.floor((change.at ?? simulators.clock.now()) / 1_000)),
    nonce: Buffer.from(`nonce-${calls}`.padEnd(16, '.')).toString('base64url'),
    method,
    target,
    body: bytes,
  });
  const response = await fetch(`${bridge.publicUrl}${target}`, {
    method,
    headers: { ...headers, ...change.headers },
    ...(method === 'GET' ? {} : { body: bytes }),
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body: answer };
};

/** The key a paired shop holds. */
export const keyOf = async ({ bridge }: World, store: StoreId): Promise<WireKey> => {
  const [key] = await bridge.vault.pluginKeysOf(store);
  if (!key) throw new Error('the shop is not paired');
  return { id: key.keyId, secret: key.secret };
};
