import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../money/exact-json.ts';
import type { Fact } from '../fact.ts';
import { invoiceAnswerSchema } from './contract.ts';
import { cryptoPaymentCenterFact, payableOf } from './status.ts';

const answer = readFileSync(new URL('./fixtures/invoice.json', import.meta.url), 'utf8');
const asOf = Date.UTC(2026, 5, 1, 12, 10);

const invoiceWith = (changes: Readonly<Record<string, string>>) => {
  let text = answer;
  for (const [field, json] of Object.entries(changes)) {
    const place = new RegExp(`("${field}": )("[^"]*"|\\{[^}]*\\}|[^,\\n]+)`);
    if (!place.test(text)) throw new Error(`the fixture has no ${field}`);
    text = text.replace(place, `$1${json}`);
  }
  const parsed = parseExactJson(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return invoiceAnswerSchema.parse(parsed.value).invoice;
};

const fact = (changes: Readonly<Record<string, string>>): Fact =>
  cryptoPaymentCenterFact(invoiceWith(changes), asOf);

const summary = ({ status, received, final, exceptions }: Fact) => ({
  status,
  received:
    received === null || received === 'attested'
      ? received
      : `${received.amount} ${received.currency} ${received.network}`,
  final,
  exceptions,
});

const full = '{ "received": 19, "required": 19 }';

describe('cryptoPaymentCenterFact', () => {
  it('reads every documented status', () => {
    expect(summary(cryptoPaymentCenterFact(invoiceWith({}), asOf))).toEqual({
      status: 'open',
      received: null,
      final: false,
      exceptions: [],
    });
    expect(summary(fact({ status: '"confirming"', paid_amount: '50.0' }))).toEqual({
      status: 'processing',
      received: '50.0 USDT tron',
      final: false,
      exceptions: [],
    });
    expect(summary(fact({ status: '"confirmed"', paid_amount: '50', confirmations: full }))).toEqual({
      status: 'paid',
      received: '50 USDT tron',
      final: true,
      exceptions: [],
    });
    expect(summary(fact({ status: '"expired"' }))).toEqual({
      status: 'expired',
      received: null,
      final: false,
      exceptions: [],
    });
  });

  it.each(['"Confirmed"', '"paid"', '"refunded"', '""', '"confirmed "'])(
    'an unknown status %s never settles',
    (status) => {
      expect(summary(fact({ status, paid_amount: '50', confirmations: full }))).toEqual({
        status: 'unknown',
        received: null,
        final: false,
        exceptions: [],
      });
    },
  );

  it('CPC-6: too little and too much are told by exact amounts, under the status "confirmed"', () => {
    expect(
      summary(fact({ status: '"confirmed"', paid_amount: '49.999999', confirmations: full })).received,
    ).toBe('49.999999 USDT tron');
    expect(summary(fact({ status: '"confirmed"', paid_amount: '0', confirmations: full })).received).toBe(
      '0 USDT tron',
    );
    const eth = { network: '"eth"', coin: '"ETH"', confirmations: full, status: '"confirmed"' };
    expect(summary(fact({ ...eth, paid_amount: '0.021354879658214587' })).received).toBe(
      '0.021354879658214587 ETH ethereum',
    );
  });

  it('CPC-6: confirmed without an amount cannot be compared, so a person looks', () => {
    expect(summary(fact({ status: '"confirmed"', paid_amount: 'null', confirmations: full }))).toEqual({
      status: 'paid',
      received: null,
      final: false,
      exceptions: ['review'],
    });
  });

  it('CPC-7: money on an expired invoice is seen, whatever the status says', () => {
    expect(summary(fact({ status: '"expired"', paid_amount: '20' }))).toMatchObject({
      status: 'processing',
      exceptions: ['underpaid'],
    });
    expect(summary(fact({ status: '"expired"', paid_amount: '50' }))).toMatchObject({
      status: 'processing',
      exceptions: ['review'],
    });
    expect(summary(fact({ paid_amount: '20' }))).toMatchObject({
      status: 'processing',
      received: '20 USDT tron',
      exceptions: [],
    });
  });

  it('CPC-8: quotes the dollars that were asked for', () => {
    expect(fact({ amount_usd: '50.01' }).quoted).toEqual({ amount: '50.01', currency: 'USD' });
  });

  it('CPC-11: confirmed with confirmations missing is not final and asks for a person', () => {
    const early = fact({
      status: '"confirmed"',
      paid_amount: '50',
      confirmations: '{ "received": 18, "required": 19 }',
    });
    expect(summary(early)).toMatchObject({ status: 'paid', final: false, exceptions: ['review'] });
    expect(early.confirmations).toEqual({ received: 18, required: 19 });
  });

  it('takes confirmations as a bare number, as webhooks have it, for nothing', () => {
    expect(fact({ confirmations: '19' }).confirmations).toBeNull();
  });

  it('puts every coin on its chain', () => {
    const on = (network: string, coin: string) => payableOf(invoiceWith({ network, coin }));
    expect(on('"btc"', '"BTC"')).toMatchObject({ currency: 'BTC', network: 'bitcoin' });
    expect(on('"ltc"', '"LTC"')).toMatchObject({ currency: 'LTC', network: 'litecoin' });
    expect(on('"bep20"', '"USDT"')).toMatchObject({ currency: 'USDT', network: 'bsc' });
    expect(on('"trc20"', 'null')).toMatchObject({ currency: 'USDT', network: 'tron' });
    expect(on('"sol"', '"USDT"')).toEqual({ amount: '50.00', currency: 'USDT' });
    expect(on('"sol"', 'null')).toBeNull();
  });

  it("carries digits beyond the coin's decimals instead of rounding them", () => {
    expect(payableOf(invoiceWith({ amount_crypto: '50.00000000000001' }))?.amount).toBe('50.00000000000001');
  });
});
