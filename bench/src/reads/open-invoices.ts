import type { CreatedAccount, GatewayId, GatewaySimulators } from '@gatewright/gateway-simulator';
import { createNodeHttpClient } from '@gatewright/outbound-http';
import { type Account, gatewayById, type Invoice, type RegisteredGateway } from '@gatewright/payment-core';
import type { Bridge } from '@gatewright/woocommerce-bridge';
import { insertWithOrder, openInvoice } from '../ledger/invoice.ts';
import { requestFor } from '../verify/genuine.ts';

const atOnce = 8;
const perTransaction = 1_000;

/** A store with one account of this gateway, as its owner sets it up. */
export const connectAccountTo = async (
  bridge: Bridge,
  gateway: GatewayId,
  { config }: CreatedAccount<unknown>,
  name: string,
): Promise<Account> => {
  const added = await bridge.vault.addStore({
    name,
    mode: 'test',
    platform: 'woocommerce',
    url: `https://${name}.example`,
  });
  if (!added.ok) throw new Error(added.reason);
  const made = await bridge.vault.addAccount({ store: added.store.id, gateway, mode: 'test', config });
  if (!made.ok) throw new Error(made.reason);
  return made.account;
};

const create = async (
  simulators: Pick<GatewaySimulators, 'clock'>,
  gateway: RegisteredGateway,
  account: Account,
): Promise<(index: number) => Promise<Invoice>> => {
  const calls = gateway.connect(account.config, {
    http: createNodeHttpClient({ sandbox: true }),
    clock: simulators.clock,
    sandbox: true,
  });
  return async (index) => {
    const now = simulators.clock.now();
    const invoice = openInvoice(account, index, now);
    const request = requestFor(gateway);
    const created = await calls?.createInvoice({ ...request, reference: invoice.reference });
    if (created?.outcome !== 'created') throw new Error(`${gateway.id}: ${JSON.stringify(created)}`);
    const { gatewayPaymentId, payUrl, address, payable, expiresAt } = created;
    const asked = request.amount ?? invoice.quoted;
    return {
      ...invoice,
      quoted: asked,
      ...{ gatewayPaymentId, payUrl, address, payable },
      expiresAt: expiresAt ?? invoice.expiresAt,
      nextReadAt: now,
    };
  };
};

/** Has `count` invoices made by the gateway, over HTTP, and due for a read in the ledger. */
export const openInvoicesAt = async (
  simulators: Pick<GatewaySimulators, 'clock'>,
  bridge: Bridge,
  account: Account,
  count: number,
): Promise<void> => {
  const gateway = gatewayById(account.gateway);
  if (gateway === undefined) throw new Error(`${account.gateway} is not registered`);
  const createNext = await create(simulators, gateway, account);
  const invoices: Invoice[] = [];
  for (let from = 0; from < count; from += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, count - from) }, (_, at) => createNext(from + at));
    invoices.push(...(await Promise.all(batch)));
  }
  for (let from = 0; from < count; from += perTransaction) {
    await bridge.ports.ledger.transact(async (tx) => {
      for (const invoice of invoices.slice(from, from + perTransaction)) await insertWithOrder(tx, invoice);
    });
  }
};
