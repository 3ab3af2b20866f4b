import { describe, expect, it } from 'vitest';
import { created, sampleInvoice, usd } from '../../invoice/sample-invoice.fixture.ts';
import { handleOf } from '../../reconcile/read-invoices.ts';
import { gatewayById, gateways } from '../registry.ts';
import { createTestGatewayClient } from './client.ts';

const request = {
  reference: '100-1-aaaa',
  amount: usd('5.00'),
  method: null,
  description: 'Order 100',
  returnUrl: 'https://pay.example/pay/x',
  cancelUrl: 'https://pay.example/pay/x',
  webhookUrl: 'https://pay.example/webhooks/test/account',
  customerEmail: null,
  expiresInSeconds: 1_800,
};

describe('the pseudo-gateway', () => {
  it('is found by its id and is none of the real ones', () => {
    expect(gatewayById('test')?.title).toBe('Test payment');
    expect(gateways().map(({ id }) => id)).not.toContain('test');
  });

  it('is a test by whatever configuration', () => {
    expect(gatewayById('test')?.modeOf({ key: 'a'.repeat(32), mode: 'live' })).toBe('test');
  });

  it('makes an invoice without a call, the same one again for the same reference', async () => {
    const client = createTestGatewayClient({ now: () => created });
    const first = await client.createInvoice(request);
    expect(first).toMatchObject({ outcome: 'created', gatewayPaymentId: '100-1-aaaa', payUrl: null });
    expect(await client.createInvoice(request)).toEqual(first);
    expect(await client.createInvoice({ ...request, amount: null })).toMatchObject({ outcome: 'refused' });
  });

  it('knows of an invoice only that its time is over, and nothing once money came', async () => {
    const invoice = sampleInvoice({ gateway: 'test' });
    const read = async (now: number, received = invoice.received) => {
      const answer = await createTestGatewayClient({ now: () => now }).readInvoices?.([
        handleOf({ ...invoice, received }),
      ]);
      if (answer?.outcome !== 'read') throw new Error('not read');
      return [answer.facts.get(invoice.id)?.map(({ status }) => status), answer.quiet.has(invoice.id)];
    };
    expect(await read(invoice.expiresAt - 1)).toEqual([undefined, true]);
    expect(await read(invoice.expiresAt)).toEqual([['expired'], false]);
    expect(await read(invoice.expiresAt, usd('1'))).toEqual([undefined, true]);
  });
});
