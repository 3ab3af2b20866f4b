import { createReferenceShop, type OpenLedger } from '@gatewright/conformance';
import {
  type Account,
  accountIdSchema,
  createAccountHealth,
  gatewayById,
  type Invoice,
  jobHandler,
  type Mode,
  minutes,
  moneySchema,
  newTestGatewayConfig,
  type OpenPageRequest,
  orderKeySchema,
  type PageRow,
  type Ports,
  payOnPage,
  policySchema,
  receiveWebhook,
  reconcile,
  storeIdSchema,
  type TestGatewayAction,
  testGatewayNews,
  type WebhookRequest,
} from '@gatewright/payment-core';
import { virtualClock } from '../temp-ledger.ts';

const store = storeIdSchema.parse('store');
const orderKey = orderKeySchema.parse('1042');
const eur = (amount: string) => moneySchema.parse({ amount, currency: 'EUR' });

/** Different bytes with every call and the same ones in every run. */
const countedBytes = () => {
  let drawn = 0;
  return (count: number): Uint8Array => {
    drawn += 1;
    return Uint8Array.from({ length: count }, (_, index) => (drawn >> (8 * (index % 4))) & 255);
  };
};

const testAccount = (name: string, random: (count: number) => Uint8Array): Account => ({
  id: accountIdSchema.parse(name),
  store,
  gateway: 'test',
  mode: 'test',
  config: newTestGatewayConfig(random),
  enabled: true,
});

/** Where the gateway sends the shopper: our page, not the shop's. */
export const urls = { returnUrl: 'https://pay.example/pay/x', cancelUrl: 'https://pay.example/pay/x' };

export const pageRequest: OpenPageRequest = {
  store,
  page: null,
  orderKey,
  orderNumber: '1042',
  amount: eur('49.90'),
  description: 'Order 1042',
  returnUrl: 'https://shop.example/thanks',
  cancelUrl: 'https://shop.example/cart',
  customerEmail: null,
  locale: 'de-DE',
  account: null,
  method: null,
  orderDeadline: null,
};

/** A shop in test mode with two accounts of the pseudo-gateway, on an empty ledger. */
export const openScene = async (open: OpenLedger) => {
  const opened = await open();
  const clock = virtualClock();
  const random = countedBytes();
  const shop = createReferenceShop();
  shop.place(orderKey, '49.90', 'EUR');
  const accounts = [testAccount('first', random), testAccount('second', random)] as const;
  const settings: { mode: Mode } = { mode: 'test' };
  const policy = policySchema.parse({});
  const ports: Ports = {
    ledger: opened.ledger,
    directory: {
      store: async (id) => (id === store ? { id, name: 'Shop', mode: settings.mode, policy } : undefined),
      account: async (id) => accounts.find((account) => account.id === id),
      accountsOf: async () => accounts,
    },
    storefront: shop,
    rates: { rate: async () => undefined },
    health: createAccountHealth(),
    clock,
    random,
    gateway: gatewayById,
    http: () => async () => {
      throw new Error('the pseudo-gateway calls nobody');
    },
    webhookUrl: (account) => `https://pay.example/webhooks/test/${account.id}`,
    sandbox: false,
  };
  const handle = jobHandler(ports);

  const work = async (): Promise<void> => {
    for (;;) {
      const leased = await opened.jobs.lease(clock.now(), minutes(1), 50);
      if (leased.length === 0) return;
      for (const { id, job } of leased) {
        const result = await handle(job);
        if (result.done) await opened.jobs.complete(id);
        else if ('giveUp' in result) await opened.jobs.bury(id, result.reason);
        else await opened.jobs.postpone(id, clock.now() + result.again, result.reason);
      }
    }
  };
  const deliver = async (account: Account, request: WebhookRequest) => {
    const answer = await receiveWebhook(ports, 'test', account.id, request);
    await work();
    return answer;
  };
  const accountOf = (invoice: Invoice): Account => {
    const account = accounts.find(({ id }) => id === invoice.account);
    if (account === undefined) throw new Error('an invoice of another store');
    return account;
  };

  return {
    ...opened,
    ports,
    shop,
    clock,
    accounts,
    settings,
    work,
    deliver,
    order: () => shop.order(orderKey),
    /** What the built-in page does when a tester presses a button. */
    press: async (invoice: Invoice, action: TestGatewayAction) => {
      const account = accountOf(invoice);
      const news = testGatewayNews(account.config, invoice, action, clock.now(), random);
      if (news === undefined) throw new Error('no news of this invoice');
      return deliver(account, news);
    },
    /** @throws Error when there is nothing to pay */
    pay: async (page: PageRow, account: Account = accounts[0]): Promise<Invoice> => {
      const result = await payOnPage(ports, page, { account: account.id, method: null }, urls);
      if (result.outcome !== 'ready') throw new Error(`nothing to pay: ${JSON.stringify(result)}`);
      return result.invoice;
    },
    pass: async (ms: number) => {
      clock.advance(ms);
      await work();
      await reconcile(ports);
      await work();
    },
    stamp: async (page: PageRow) => (await opened.changes.stampsOf([page.id])).get(page.id),
  };
};

export type Scene = Awaited<ReturnType<typeof openScene>>;
