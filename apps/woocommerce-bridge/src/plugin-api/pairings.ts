import { type Clock, newRowId, type RandomBytes, type StoreId } from '@gatewright/payment-core';
import { normaliseStoreUrl, type Vault } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { askTheShop, type Problem } from '../wire/problem.ts';
import { wireVersions } from '../wire/signature.ts';
import { type Answer, answer, parseBody, refuse } from './call.ts';
import { shortText, unixSeconds } from './fields.ts';

const pairingBody = z.object({
  code: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  store_url: shortText(2_048),
  versions: z.record(z.string().max(64), z.string().max(64)).default({}),
  capabilities: z.array(z.string().max(64)).max(64).default([]),
});

export interface Pairing {
  readonly vault: Pick<Vault, 'redeemCode' | 'store' | 'setPluginKey'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly onPaired: (store: StoreId) => Promise<void>;
  /** Where the owner goes on to give the shop's REST keys: an address that works once. Null: the shop has given them. */
  readonly connectUrl: (store: StoreId) => Promise<string | null>;
}

/** Told to the log; the answer is the same for all of them. */
export type PairingFault = 'unknown-code' | 'used-code' | 'expired-code' | 'other-store' | 'key-not-stored';

const refused: Problem = {
  status: 401,
  code: 'pairing-refused',
  ownerMessage:
    'The pairing code is not valid for this shop: it works once, for ten minutes, and for one shop address. Make a new one with `gatewright pair`.',
  shopperMessage: askTheShop,
};

const secretOf = (random: RandomBytes): string => Buffer.from(random(32)).toString('base64url');

type Paired =
  | { readonly ok: true; readonly keyId: string; readonly secret: string }
  | { readonly ok: false; readonly fault: PairingFault };

const newKey = async ({ vault, random }: Pairing, store: StoreId): Promise<Paired> => {
  const key = { keyId: newRowId(random), secret: secretOf(random) };
  const stored = await vault.setPluginKey(store, key);
  return stored.ok ? { ok: true, ...key } : { ok: false, fault: 'key-not-stored' };
};

/**
 * `POST /v1/pairings`: a single-use code for the shop's key (contracts/bridge-api.md, Pairing). The only call that is
 * not signed. The code is used up by the attempt, so a code shown to another shop is worth nothing afterwards.
 */
export const pairings =
  (pairing: Pairing, onRefusal: (fault: PairingFault) => void) =>
  async (body: Uint8Array): Promise<Answer> => {
    const refuseFor = (fault: PairingFault): Answer => {
      onRefusal(fault);
      return refuse(refused);
    };
    const asked = parseBody(pairingBody, body);
    if (!asked.ok) return asked;
    const redeemed = await pairing.vault.redeemCode('pairing', asked.value.code);
    if (!redeemed.ok) return refuseFor(redeemed.reason);
    const store = await pairing.vault.store(redeemed.store);
    const url = normaliseStoreUrl(asked.value.store_url);
    if (!store || !url.ok || url.url !== store.url) return refuseFor('other-store');
    const key = await newKey(pairing, store.id);
    if (!key.ok) return refuseFor(key.fault);
    await pairing.onPaired(store.id);
    return answer({
      key_id: key.keyId,
      secret: key.secret,
      store: { id: store.id, name: store.name, url: store.url },
      mode: store.mode,
      versions: wireVersions,
      connect_url: await pairing.connectUrl(store.id),
      clock: unixSeconds(pairing.clock.now()),
    });
  };
