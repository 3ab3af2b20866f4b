import type { Clock, RandomBytes } from '@gatewright/payment-core';
import type { Engine } from '../engine.ts';
import { type AccountVault, accountVault } from './accounts.ts';
import type { KeyRing } from './key-ring.ts';
import { type NonceVault, nonceVault } from './nonces.ts';
import { type OneTimeCodeVault, oneTimeCodeVault } from './one-time-codes.ts';
import { type OperatorVault, operatorVault } from './operators.ts';
import { type PluginKeyVault, pluginKeyVault } from './plugin-keys.ts';
import { checkKeys, rememberKey, resealAll } from './reseal.ts';
import { createSealer } from './seal.ts';
import { type StorefrontCredentialVault, storefrontCredentialVault } from './storefront-credentials.ts';
import { type StoreVault, storeVault } from './stores.ts';

/** Stores, accounts and everything secret, sealed at rest (invariant 15). It is a `Directory` for the core. */
export interface Vault
  extends StoreVault,
    AccountVault,
    PluginKeyVault,
    StorefrontCredentialVault,
    OneTimeCodeVault,
    NonceVault,
    OperatorVault {
  /** After the key ring has got a new first key: seals everything with it, so that the old key can be removed. */
  reseal(): Promise<number>;
}

export interface VaultOptions {
  readonly engine: Engine;
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export type OpenVaultResult =
  | { readonly ok: true; readonly vault: Vault }
  | { readonly ok: false; readonly reason: 'missing-key' | 'wrong-key'; readonly message: string };

const keyMessage = (reason: 'missing-key' | 'wrong-key', keyId: string): string =>
  reason === 'missing-key'
    ? `This ledger has secrets that were sealed with the key "${keyId}", which GATEWRIGHT_KEYS does not have. Add it behind the current one.`
    : `The key "${keyId}" in GATEWRIGHT_KEYS is not the one that sealed this ledger's secrets. Put the right key under this id.`;

/** Proves the key ring against the ledger before anything is read or sealed with it. */
export const openVault = async ({ engine, keys, clock, random }: VaultOptions): Promise<OpenVaultResult> => {
  const sealer = createSealer(keys, random);
  const checked = await engine.write(async (db) => {
    const check = await checkKeys(db, sealer);
    if (check.ok) await rememberKey(db, keys, sealer);
    return check;
  });
  if (!checked.ok) {
    return { ok: false, reason: checked.reason, message: keyMessage(checked.reason, checked.keyId) };
  }
  const context = { engine, sealer, clock, random };
  return {
    ok: true,
    vault: {
      ...storeVault(context),
      ...accountVault(context),
      ...pluginKeyVault(context),
      ...storefrontCredentialVault(context),
      ...oneTimeCodeVault(context),
      ...nonceVault(context),
      ...operatorVault(context),
      reseal: () => engine.write((db) => resealAll(db, keys, sealer)),
    },
  };
};
