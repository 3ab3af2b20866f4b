import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../money/exact-json.ts';
import type { Fact } from '../fact.ts';
import { cryptoPayInvoiceSchema } from './contract.ts';
import { cryptoPayFact } from './status.ts';

const fiatInvoice = readFileSync(new URL('./fixtures/fiat-invoice.json', import.meta.url), 'utf8');
const asOf = Date.UTC(2026, 4, 15, 10, 30);

const factOf = (text: string): Fact => {
  const parsed = parseExactJson(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return cryptoPayFact(cryptoPayInvoiceSchema.parse(parsed.value), 'api', asOf);
};

const crypto = (fields: object): Fact =>
  factOf(JSON.stringify({ invoice_id: 1, status: 'paid', asset: 'USDT', amount: '9.99', ...fields }));

describe('cryptoPayFact', () => {
  it('reads every documented status, and no other one as paid', () => {
    const status = (word: string) => crypto({ status: word }).status;
    expect([status('active'), status('paid'), status('expired')]).toEqual(['open', 'paid', 'expired']);
    for (const word of ['Paid', 'paid ', 'confirmed', '']) {
      expect(crypto({ status: word })).toMatchObject({
        status: 'unknown',
        wireStatus: word,
        received: null,
        final: false,
      });
    }
  });

  it('CP-6: a fiat invoice was paid in paid_asset, which is not compared with its fiat amount', () => {
    expect(factOf(fiatInvoice)).toMatchObject({
      status: 'paid',
      quoted: { amount: '9.99', currency: 'USD' },
      received: 'attested',
      final: true,
    });
  });

  it('CP-6: a crypto invoice without paid_* was paid as asked, with paid_* as they say', () => {
    expect(crypto({}).received).toEqual({ amount: '9.99', currency: 'USDT' });
    expect(crypto({ paid_amount: '9.98', paid_asset: 'USDT' }).received).toEqual({
      amount: '9.98',
      currency: 'USDT',
    });
    expect(crypto({ paid_amount: '3.2', paid_asset: 'TON' }).received).toEqual({
      amount: '3.2',
      currency: 'TON',
    });
  });

  it('CP-6: paid in what cannot be read is not final and asks for a person', () => {
    for (const fields of [
      { paid_amount: '9.99', paid_asset: 'US DT' },
      { asset: undefined },
      { currency_type: 'fiat' },
      { currency_type: 'stars' },
    ]) {
      expect(crypto(fields)).toMatchObject({
        status: 'paid',
        received: null,
        final: false,
        exceptions: ['review'],
      });
    }
  });

  it('CP-10: the rate of the payment changes nothing', () => {
    const dearer = fiatInvoice
      .replace('"paid_fiat_rate": "3.111"', '"paid_fiat_rate": "1"')
      .replace('"3.211"', '"9.99"');
    expect(factOf(dearer)).toEqual(factOf(fiatInvoice));
  });

  it('CP-12: a swap is nothing the shopper paid', () => {
    const unswapped = fiatInvoice
      .replace('"is_swapped": true', '"is_swapped": false')
      .replace(/ *"swapped_\w+": "[^"]*",\n/g, '');
    expect(unswapped).not.toContain('swapped_to');
    expect(factOf(unswapped)).toEqual(factOf(fiatInvoice));
  });

  it('CP-13: an asset code says nothing about a network', () => {
    const received = crypto({}).received;
    expect(received).not.toHaveProperty('network');
  });

  it('TON and GRAM are two assets here (NFT-10)', () => {
    expect([crypto({ asset: 'TON' }).quoted?.currency, crypto({ asset: 'GRAM' }).quoted?.currency]).toEqual([
      'TON',
      'GRAM',
    ]);
  });

  it('CP-16: an amount as text or number keeps its digits', () => {
    const asNumber = factOf(
      '{"invoice_id":"1","status":"active","asset":"TON","amount":1797654321.123456789}',
    );
    expect(asNumber.quoted).toEqual({ amount: '1797654321.123456789', currency: 'TON' });
    expect(crypto({ amount: '9.990' }).quoted?.amount).toBe('9.990');
  });

  it("keeps the gateway's own times", () => {
    expect(factOf(fiatInvoice)).toMatchObject({
      paidAt: Date.UTC(2026, 4, 15, 10, 25, 5),
      expiresAt: Date.UTC(2026, 4, 15, 10, 36),
      asOf,
    });
  });
});
