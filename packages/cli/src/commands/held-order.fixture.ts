import { Readable, Writable } from 'node:stream';
import { startGatewaySimulators } from '@gatewright/gateway-simulator';
import {
  accountIdSchema,
  type Invoice,
  minutes,
  orderKeySchema,
  type Ports,
  parseCurrency,
  parseDecimal,
  reconcile,
  startCheckout,
  storeIdSchema,
} from '@gatewright/payment-core';
import { readEnvironment } from '../env.ts';
import { gatewayPorts } from '../gateway-ports.ts';
import type { commandLine } from './command-line.fixture.ts';

type Line = ReturnType<typeof commandLine>;

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

const fiftyDollars = () => {
  const [amount, currency] = [parseDecimal('50.00'), parseCurrency('USD')];
  if (amount === undefined || currency === undefined) throw new Error('no money');
  return { amount, currency };
};

const start = async (ports: Ports, store: string, account: string): Promise<Invoice> => {
  const started = await startCheckout(ports, {
    store: storeIdSchema.parse(store),
    orderKey: orderKeySchema.parse('1001'),
    orderNumber: '1001',
    amount: fiftyDollars(),
    account: accountIdSchema.parse(account),
    method: 'trc20',
    description: 'Order 1001',
    returnUrl: 'https://shop.example/thanks',
    cancelUrl: 'https://shop.example/basket',
    customerEmail: 'shopper@example.org',
    orderDeadline: null,
  });
  if (started.outcome !== 'ready') throw new Error(`checkout: ${started.outcome}`);
  return started.invoice;
};

/**
 * An order of 50 USD at CryptoPayment.center (simulated) for which the shopper sent less, read by the core from the
 * gateway into the command line's own ledger; it is held and stands in the review queue.
 */
export const underpaidOrder = async ({ gatewright, addStore, openVault, setTime, random }: Line) => {
  const simulators = await startGatewaySimulators({ gateways: ['cryptopayment-center'], seed: 5 });
  try {
    const simulator = simulators.gateways['cryptopayment-center'];
    const { config } = simulator.createAccount();
    const store = await addStore();
    const added = await gatewright(
      ['account', 'add', '--store', store, '--gateway', 'cryptopayment-center'],
      {
        input: JSON.stringify(config),
      },
    );
    const opened = await openVault();
    const host = {
      input: Readable.from([]),
      output: nowhere,
      errors: nowhere,
      environment: readEnvironment({}),
      clock: simulators.clock,
      random,
    };
    const ports = gatewayPorts(host, { opened, vault: opened.vault }, true);
    const invoice = await start(ports, store, added.out.trim());
    const underpaid = await simulator.shopper.underpay(simulator.payments()[0]?.id ?? '');
    if (!underpaid.ok) throw new Error(underpaid.reason);
    for (let minute = 0; minute < 30; minute += 1) {
      await simulators.clock.advance(minutes(1));
      await reconcile(ports);
    }
    const items = await opened.ledger.transact((tx) =>
      tx.reviews.page(invoice.store, { state: 'open', limit: 100 }),
    );
    await opened.close();
    setTime(simulators.clock.now());
    const { appKey } = config;
    return { store, invoice, item: items[0]?.id ?? 'none', kinds: items.map(({ kind }) => kind), appKey };
  } finally {
    await simulators.stop();
  }
};
