import {
  type GatewayId,
  type GatewaySimulators,
  type SealedWebhook,
  startGatewaySimulators,
} from '@gatewright/gateway-simulator';
import { createNodeHttpClient } from '@gatewright/outbound-http';
import {
  type CreateInvoiceRequest,
  gatewayById,
  type HeaderLines,
  type Money,
  minutes,
  moneySchema,
  type RegisteredGateway,
} from '@gatewright/payment-core';

/** A webhook as a simulated gateway has worded and signed it, with what the account needs to check it. */
export interface GenuineWebhook {
  readonly gateway: RegisteredGateway;
  readonly config: unknown;
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
  /** The gateway's own time when it sent it, ms. */
  readonly sentAt: number;
}

/** Nothing listens there: the attempt is written down with what it would have sent. */
const nowhere = 'http://127.0.0.1:9/webhooks';

const amountFor = ({ capabilities, currencies }: RegisteredGateway): Money | null => {
  if (capabilities.quoteAtPayment) return null;
  const usd = moneySchema.parse({ amount: '49.90', currency: 'USD' });
  return currencies === 'any' || currencies.includes(usd.currency)
    ? usd
    : moneySchema.parse({ amount: '49.90', currency: 'USDT' });
};

/** What a checkout would ask this gateway for. */
export const requestFor = (gateway: RegisteredGateway): CreateInvoiceRequest => ({
  reference: '1001-1-abcdefghijkl',
  amount: amountFor(gateway),
  method: gateway.methods.includes('trc20') ? 'trc20' : null,
  description: 'Order 1001',
  returnUrl: 'https://shop.example/return/1001',
  cancelUrl: 'https://shop.example/cart/?cancel_order=true&order=wc_order_abcdefghijklm',
  webhookUrl: nowhere,
  customerEmail: null,
  expiresInSeconds: 900,
});

/** What Node adds to every request, so that there is more than one header to look through. */
const usualHeaders: HeaderLines = [
  ['Host', 'pay.example.com'],
  ['User-Agent', 'axios/1.7.2'],
  ['Accept', 'application/json, text/plain, */*'],
  ['Accept-Encoding', 'gzip, compress, deflate, br'],
  ['X-Forwarded-For', '203.0.113.7'],
  ['X-Forwarded-Proto', 'https'],
];

const created = async (simulators: GatewaySimulators, gateway: RegisteredGateway, id: GatewayId) => {
  const simulator = simulators.gateways[id];
  const calls = gateway.connect(simulator.config, {
    http: createNodeHttpClient({ sandbox: true }),
    clock: simulators.clock,
    sandbox: true,
  });
  const outcome = await calls?.createInvoice(requestFor(gateway));
  if (outcome?.outcome !== 'created') throw new Error(`${id}: ${JSON.stringify(outcome)}`);
  const payment = simulator.payments().at(-1);
  if (payment === undefined) throw new Error(`${id}: no payment was made`);
  return payment;
};

const sent = (simulators: GatewaySimulators, id: GatewayId): { webhook: SealedWebhook; at: number } => {
  const delivery = simulators.gateways[id].deliveries().at(-1);
  if (delivery?.request === undefined) throw new Error(`${id}: nothing was sent`);
  return { webhook: delivery.request, at: delivery.at };
};

/** Has one invoice created and paid at a simulated gateway, and takes the webhook that says so. */
export const genuineWebhook = async (id: GatewayId): Promise<GenuineWebhook> => {
  const simulators = await startGatewaySimulators({ seed: 7 });
  try {
    const gateway = gatewayById(id);
    if (gateway === undefined) throw new Error(`${id} is not registered`);
    const simulator = simulators.gateways[id];
    simulator.setWebhookUrl(simulator.accountId, nowhere);
    const payment = await created(simulators, gateway, id);
    const paid = await simulator.shopper.pay(
      payment.id,
      gateway.capabilities.quoteAtPayment ? { amount: '20' } : {},
    );
    if (!paid.ok) throw new Error(`${id}: ${paid.reason}`);
    // Some wait for a confirmation before they say anything.
    await simulators.clock.advance(minutes(5));
    const { webhook, at } = sent(simulators, id);
    return {
      gateway,
      config: simulator.config,
      headers: [...usualHeaders, ...Object.entries(webhook.headers)],
      body: Buffer.from(webhook.body),
      sentAt: at,
    };
  } finally {
    await simulators.stop();
  }
};
