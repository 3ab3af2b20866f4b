import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { GatewaySimulators } from '@gatewright/gateway-simulator';
import { type Account, minutes, type OrderKey, orderKeySchema, type StoreId } from '@gatewright/payment-core';
import { openLedger, parseKeyRing } from '@gatewright/payment-ledger';
import { startWooCommerce, type WooCommerceDouble } from '@gatewright/storefront-simulator';
import { expect, onTestFinished } from 'vitest';
import { cryptoPaySignature, paidUpdate } from './accounts.ts';
import type { Replica } from './replica.ts';
import { sandboxKeys } from './world.ts';

/** The ledger that replicas share, opened once more, as the command line does. */
export const openShared = async (databaseUrl: string) => {
  const keys = parseKeyRing(sandboxKeys);
  if (!keys.ok) throw new Error(keys.message);
  const opened = await openLedger(databaseUrl, {
    clock: { now: Date.now },
    random: randomBytes,
    keys: keys.ring,
    jobs: { supervise: false },
  });
  if (!opened.ok) throw new Error(opened.message);
  return opened;
};

export type Shared = Awaited<ReturnType<typeof openShared>>;
export type Simulators = GatewaySimulators<'crypto-pay'>;

export interface Shop {
  readonly shared: Shared;
  readonly simulators: Simulators;
  readonly woo: WooCommerceDouble;
  readonly store: StoreId;
  readonly account: Account;
  /** The account's own name at Crypto Pay. */
  readonly gatewayAccount: string;
}

export const webhookSecret = 'whsec-of-the-shop-0123456789';

/** A shop of its own, paired with one of the replicas. Crypto Pay sends it nothing: the test does. */
export const openShop = async (shared: Shared, simulators: Simulators, replica: Replica): Promise<Shop> => {
  const { vault } = shared;
  const woo = await startWooCommerce({ clock: simulators.clock });
  onTestFinished(() => woo.close());
  const added = await vault.addStore({ name: 'Shop', mode: 'test', platform: 'woocommerce', url: woo.url });
  if (!added.ok) throw new Error(added.reason);
  const store = added.store.id;
  await vault.setStorefrontCredentials(store, { ...woo.restKeys, webhookSecret }, { replace: false });
  const code = await vault.issueCode('pairing', store, minutes(10));
  const paired = await woo.pairBridge(`${replica.url}#${code}`);
  if (!paired.ok) throw new Error(JSON.stringify(paired));
  const cryptoPay = simulators.gateways['crypto-pay'];
  const { accountId: gatewayAccount, config } = cryptoPay.createAccount();
  cryptoPay.setWebhookUrl(gatewayAccount, null);
  const account = await vault.addAccount({ store, gateway: 'crypto-pay', mode: 'test', config });
  if (!account.ok) throw new Error(account.reason);
  return { shared, simulators, woo, store, account: account.account, gatewayAccount };
};

export interface PaidOrder {
  readonly orderId: number;
  /** Sends the webhook that says so. @returns the status of the answer */
  readonly send: (replica: Replica) => Promise<number>;
}

/** An order that has been paid at the gateway, of which nobody has been told yet. */
export const payOrder = async ({
  shared,
  simulators,
  woo,
  account,
  gatewayAccount,
}: Shop): Promise<PaidOrder> => {
  const cryptoPay = simulators.gateways['crypto-pay'];
  const { id: orderId } = await woo.shopper.placeOrder({ total: '49.90' });
  await woo.shopper.pay(orderId);
  const { id = '' } = cryptoPay.payments(gatewayAccount).at(-1) ?? {};
  const paid = await cryptoPay.shopper.pay(id);
  if (!paid.ok) throw new Error(paid.reason);
  const invoice = await shared.ledger.transact((tx) => tx.invoices.byGatewayPaymentId(account.id, id));
  const body = paidUpdate(id, invoice?.reference ?? '');
  const headers = {
    'content-type': 'application/json',
    'crypto-pay-api-signature': cryptoPaySignature(account, body),
  };
  const send = async (replica: Replica): Promise<number> => {
    const path = `/webhooks/crypto-pay/${account.id}`;
    return (await fetch(`${replica.url}${path}`, { method: 'POST', headers, body })).status;
  };
  return { orderId, send };
};

export const until = async (holds: () => boolean | Promise<boolean>, seconds: number): Promise<void> => {
  const end = Date.now() + seconds * 1_000;
  while (!(await holds()) && Date.now() < end) await wait(50);
  expect(await holds()).toBe(true);
};

const keyOf = (orderId: number): OrderKey => orderKeySchema.parse(String(orderId));

/** What the ledger knows of the order's fulfilment. */
export const fulfilmentOf = ({ shared, store }: Shop, orderId: number) =>
  shared.ledger.transact(async (tx) => {
    const told = await tx.instructions.ofOrder(store, keyOf(orderId));
    return {
      claim: (await tx.claims.byOrder(store, keyOf(orderId)))?.state,
      settle: told.filter(({ kind }) => kind === 'settle').map(({ state }) => state),
    };
  });

/** Shop and ledger agree: this order was fulfilled, and once. */
export const expectFulfilledOnce = async (shop: Shop, orderId: number): Promise<void> => {
  await until(async () => (await fulfilmentOf(shop, orderId)).claim === 'acknowledged', 15);
  expect(await fulfilmentOf(shop, orderId)).toEqual({ claim: 'acknowledged', settle: ['done'] });
  expect(shop.woo.orders(orderId)?.status).toBe('processing');
  expect(shop.woo.events.paymentComplete(orderId)).toBe(1);
};

/** Messages of its gateway that are stored and not applied yet. */
export const pendingMessages = async ({ shared, account }: Shop): Promise<number> => {
  const [row] = await shared.ledger.transact(
    (tx) =>
      tx.sql`select count(*) as pending from inbox where account = ${account.id} and state = ${'pending'}`,
  );
  return Number(row?.pending);
};
