import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type GatewayId,
  type GatewaySimulators,
  startGatewaySimulators,
} from '@gatewright/gateway-simulator';
import { createNodeHttpClient } from '@gatewright/outbound-http';
import {
  type CreateInvoiceRequest,
  type Fact,
  type GatewayAccount,
  gatewayById,
  rawHeaderLines,
  refusalStatus,
  type WebhookVerdict,
} from '@gatewright/payment-core';

/** One adapter on real sockets: its calls go to the simulator, the simulator's webhooks come to its verifier. */
export interface Wired<Id extends GatewayId> extends AsyncDisposable {
  readonly simulators: GatewaySimulators<Id>;
  readonly webhookUrl: string;
  readonly verdicts: readonly WebhookVerdict[];
  /** What is answered instead of the verdict's own status. */
  readonly answers: number[];
  connect(config: unknown): GatewayAccount;
  /** The facts of every webhook that was accepted so far. */
  facts(): readonly Fact[];
}

/** @param config what the webhooks are verified with; the simulator's default account by default */
export const wire = async <Id extends GatewayId>(id: Id, config?: unknown): Promise<Wired<Id>> => {
  const gateway = gatewayById(id);
  if (gateway === undefined) throw new Error(`no adapter for ${id}`);
  const simulators = await startGatewaySimulators<Id>({ gateways: [id], seed: 11 });
  const settings = config ?? simulators.gateways[id].config;
  const verdicts: WebhookVerdict[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const verdict = gateway.receiveWebhook(settings, {
        headers: rawHeaderLines(request.rawHeaders),
        body: Buffer.concat(chunks),
        receivedAt: simulators.clock.now(),
      });
      verdicts.push(verdict);
      response.writeHead(answers.shift() ?? (verdict.ok ? 200 : refusalStatus(verdict))).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const http = createNodeHttpClient({
    sandbox: true,
    clock: simulators.clock,
    sleep: () => Promise.resolve(),
    random: () => 0,
    timeoutMs: 5_000,
  });
  return {
    simulators,
    verdicts,
    answers,
    webhookUrl: `http://127.0.0.1:${port}/webhook`,
    facts: () => verdicts.flatMap((verdict) => (verdict.ok ? verdict.facts : [])),
    connect: (account) => {
      const connected = gateway.connect(account, { http, clock: simulators.clock, sandbox: true });
      if (connected === undefined) throw new Error('the configuration is unusable');
      return connected;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await simulators.stop();
    },
  };
};

/** A request as a checkout makes it; the tests change what they are about. */
export const createRequest = (change: Partial<CreateInvoiceRequest> = {}): CreateInvoiceRequest => ({
  reference: '1234-1',
  amount: null,
  method: null,
  description: 'Order 1234 ☃',
  returnUrl: 'https://shop.example/thanks',
  cancelUrl: 'https://shop.example/cart',
  webhookUrl: 'https://pay.example/webhook',
  customerEmail: null,
  expiresInSeconds: 1_800,
  ...change,
});
