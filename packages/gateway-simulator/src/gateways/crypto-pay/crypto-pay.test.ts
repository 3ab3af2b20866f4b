import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { openReceiver, type Receiver } from '../../test-support/receiver.ts';

let simulators: GatewaySimulators<'crypto-pay'>;
let receiver: Receiver;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['crypto-pay'], seed: 7 });
  receiver = await openReceiver();
});
afterEach(async () => {
  await simulators.stop();
  await receiver[Symbol.asyncDispose]();
});

describe('smoke', () => {
  it('creates, pays, signs', async () => {
    const { 'crypto-pay': cp } = simulators.gateways;
    expect(cp.setWebhookUrl(cp.accountId, receiver.url)).toEqual({ ok: true });
    const response = await fetch(
      `${cp.config.baseUrl}/createInvoice?asset=USDT&amount=9.99&expires_in=1800`,
      { headers: { 'crypto-pay-api-token': cp.config.token } },
    );
    expect(response.status).toBe(200);
    const [payment] = cp.payments();
    expect(await cp.shopper.pay(payment?.id ?? '')).toEqual({ ok: true });
    const [hook] = receiver.received;
    const expected = createHmac('sha256', createHash('sha256').update(cp.config.token).digest())
      .update(hook?.body ?? '')
      .digest('hex');
    expect(hook?.headers['crypto-pay-api-signature']).toBe(expected);
  });
});
