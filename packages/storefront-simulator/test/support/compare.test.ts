import { describe, expect, it } from 'vitest';
import { recordedExchange } from './captures.ts';
import { differences, normaliseUrl } from './compare.ts';

const recorded = recordedExchange('order-get-refunded').response.body;
const changed = (change: (text: string) => string): unknown => JSON.parse(change(JSON.stringify(recorded)));

describe('the comparer of recorded bodies', () => {
  it('finds nothing in the recorded body itself', () => {
    expect(differences(recorded, recorded)).toEqual([]);
  });

  it.each([
    ['another total', '"total":"39.98"', '"total":"39.99"'],
    ['another status', '"status":"refunded"', '"status":"processing"'],
    ['a number for a string', '"total":"-24.98"', '"total":-24.98'],
    ['a missing field', '"transaction_id":"tx_second",', ''],
    ['a field too many', '"number":"14"', '"number":"14","extra":1'],
    ['another order of keys', '"id":14,"parent_id":0', '"parent_id":0,"id":14'],
    ['null for a date', '"date_paid":"2026-11-21T08:13:49"', '"date_paid":null'],
    ['another path in a link', '/wc/v3/orders"', '/wc/v2/orders"'],
    ['one refund less', '{"id":21,"reason":"rest","total":"-24.98","total_tax":"0.00"},', ''],
  ])('finds %s', (_name, from, to) => {
    expect(JSON.stringify(recorded)).toContain(from);
    expect(
      differences(
        recorded,
        changed((text) => text.replace(from, to)),
      ),
    ).not.toEqual([]);
  });

  it('accepts another id and another moment', () => {
    const other = changed((text) => text.replace('"id":14', '"id":15').replaceAll('08:13:51', '09:00:00'));
    expect(differences(recorded, other)).toEqual([]);
  });

  it('takes host, numbers, keys and OAuth parameters out of a link', () => {
    const link =
      '<http://127.0.0.1:1/wp-json/wc/v3/orders/7?page=2&oauth_nonce=a&key=wc_order_1>; rel="next"';
    expect(normaliseUrl(link)).toBe('<HOST/wp-json/wc/v3/orders/N?page=2&key=X>; rel="next"');
  });
});
