import type { Storefront } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import type { OrderIdentities } from '../woocommerce/order-identities.ts';
import { paidStatus } from '../woocommerce/order-statuses.ts';
import { callPlugin } from './plugin-call.ts';
import { readInstructionAnswer, requestFor } from './plugin-instruction.ts';
import type { ShopClient } from './shop-client.ts';

/** Settling and moving orders through the plugin's locked routes. */
export const tellPlugin =
  (shops: ShopClient, vault: Pick<Vault, 'pluginKeysOf'>, identities: OrderIdentities): Storefront['tell'] =>
  async (instruction, invoice) => {
    const { store } = instruction;
    const opened = await shops.open(store);
    if (opened.kind === 'fault') return shops.unavailable(store, opened);
    const keys = await vault.pluginKeysOf(store);
    const { keyHash } = await identities.of(store, instruction.orderKey);
    const paidAs = paidStatus(opened.store.policy.orderStatus);
    const request = requestFor(instruction, invoice, keyHash, paidAs);
    const answer = await callPlugin(shops, opened.connection, keys, request);
    if (answer.kind === 'fault') return shops.unavailable(store, answer);
    const told = readInstructionAnswer(answer.status, answer.body);
    if (!told) return shops.unavailable(store, { kind: 'fault', fault: 'answer-not-understood' });
    await shops.worked(store);
    return told;
  };
