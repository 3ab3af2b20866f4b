import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '@gatewright/payment-core';
import type { RestKeys } from '../../src/index.ts';
import { oauthParams, type RestReply } from './signed-request.ts';

export interface BridgeKey {
  readonly keyId: string;
  readonly secret: string;
}

/** What a test may get wrong on purpose. */
export interface WireOverrides {
  readonly timestamp?: number;
  readonly nonce?: string;
  readonly signature?: string;
  readonly keys?: RestKeys | null;
  readonly keyId?: string;
}

/** The bridge's hand: REST key by an OAuth header, so the signed target stays clean, and the wire signature. */
export const bridgeHand =
  (storeUrl: string, keys: RestKeys, bridge: BridgeKey, clock: Clock) =>
  async (method: string, path: string, body?: unknown, overrides: WireOverrides = {}): Promise<RestReply> => {
    const url = new URL(`/wp-json${path}`, storeUrl);
    const text = body === undefined ? '' : JSON.stringify(body);
    const timestamp = String(overrides.timestamp ?? Math.floor(clock.now() / 1000));
    const nonce = overrides.nonce ?? randomBytes(16).toString('base64url');
    const digest = createHash('sha256').update(text).digest('hex');
    const signature = createHmac('sha256', bridge.secret)
      .update(`v1\n${timestamp}\n${nonce}\n${method}\n${url.pathname}${url.search}\n${digest}`)
      .digest('hex');
    const restKeys = overrides.keys === undefined ? keys : overrides.keys;
    const oauth = restKeys === null ? [] : oauthParams(restKeys, method, url);
    const response = await fetch(url, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(oauth.length === 0
          ? {}
          : {
              Authorization: `OAuth ${oauth.map(([k, v]) => `${k}="${encodeURIComponent(v)}"`).join(', ')}`,
            }),
        'Gatewright-Key': overrides.keyId ?? bridge.keyId,
        'Gatewright-Timestamp': timestamp,
        'Gatewright-Nonce': nonce,
        'Gatewright-Signature': overrides.signature ?? `v1=${signature}`,
      },
      ...(body === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(answer) };
  };
