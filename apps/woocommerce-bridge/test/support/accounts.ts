import { createHmac } from 'node:crypto';
import type { GatewayId } from '@gatewright/gateway-simulator';
import { type Account, type StoreId, sha256 } from '@gatewright/payment-core';
import * as z from 'zod';
import type { World } from './world.ts';

/** An account of a simulated gateway in a store's name, with its webhooks coming to the bridge. */
export const openAccount = async (
  { simulators, bridge }: World,
  store: StoreId,
  gateway: GatewayId,
): Promise<Account> => {
  const simulator = simulators.gateways[gateway];
  const created = simulator.createAccount();
  const added = await bridge.vault.addAccount({ store, gateway, mode: 'test', config: created.config });
  if (!added.ok) throw new Error(added.reason);
  simulator.setWebhookUrl(created.accountId, bridge.ports.webhookUrl(added.account));
  return added.account;
};

const withToken = z.object({ token: z.string() });

/** Crypto Pay's signature over these bytes with an account's own token (CP-5), written apart from the code under test. */
export const cryptoPaySignature = (account: Account, body: string | Uint8Array): string => {
  const { token } = withToken.parse(account.config);
  return createHmac('sha256', sha256(Buffer.from(token)))
    .update(body)
    .digest('hex');
};

/** An `invoice_paid` update as Crypto Pay words it. */
export const paidUpdate = (invoiceId: string, payload: string, amount = '49.90'): string =>
  JSON.stringify({
    update_id: 1,
    update_type: 'invoice_paid',
    request_date: '2026-06-01T12:00:00.000Z',
    payload: {
      invoice_id: Number(invoiceId),
      status: 'paid',
      currency_type: 'fiat',
      fiat: 'USD',
      amount,
      paid_asset: 'USDT',
      paid_amount: amount,
      payload,
      paid_at: '2026-06-01T12:00:00.000Z',
    },
  });
