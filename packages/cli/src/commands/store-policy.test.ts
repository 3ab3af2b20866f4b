import { defaultPolicy, storeIdSchema } from '@gatewright/payment-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.fixture.ts';
import { durationText, parseDuration } from './duration.ts';

const { gatewright, addStore, openVault } = commandLine();

const stored = async (store: string) => {
  const opened = await openVault();
  const record = await opened.vault.store(storeIdSchema.parse(store));
  await opened.close();
  return record?.policy;
};

const set = (store: string, ...rules: string[]) => gatewright(['store', 'policy', store, '--set', ...rules]);

describe('store policy', () => {
  it('shows every rule with its value, its default and its meaning', async () => {
    const store = await addStore();
    const { code, out } = await gatewright(['store', 'policy', store]);
    expect(code).toBe(0);
    expect(out).toMatch(/^underpaid-asset +0\.5 +0\.5 /m);
    expect(out).toMatch(/^late-payment +hold +hold /m);
    expect(out).toMatch(/^invoice-expiry +30m +30m /m);
    expect(out).toMatch(/^watch +7d +7d /m);
    expect(out).toMatch(/^paid-status +automatic +automatic /m);
    expect(await stored(store)).toEqual(defaultPolicy);
  });

  it('changes what is named and keeps the rest, once and again', async () => {
    const store = await addStore();
    const first = await set(store, 'underpaid-asset=1.25', 'late-payment=accept');
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining('from the next payment on') });
    await set(store, 'invoice-expiry=45m', 'watch=14d', 'order-deadline=3h', 'underpaid-fiat=0.1', 'dust=2');
    expect(await stored(store)).toEqual({
      ...defaultPolicy,
      underpaymentTolerancePercent: { fiat: '0.1', asset: '1.25' },
      dustPercent: '2',
      latePayment: 'accept',
      invoiceExpiryMs: 45 * 60_000,
      monitorMs: 14 * 86_400_000,
      orderDeadlineMs: 3 * 3_600_000,
    });
    const { out } = await gatewright(['store', 'policy', store, '--json']);
    expect(JSON.parse(out)).toMatchObject({ 'invoice-expiry': '45m', 'order-deadline': '3h', watch: '14d' });
  });

  it("takes the owner's statuses of orders", async () => {
    const store = await addStore();
    await set(store, 'paid-status=completed', 'unpaid-status=failed');
    const orderStatus = { paid: 'completed', held: 'on-hold', unpaid: 'failed' };
    expect(await stored(store)).toEqual({ ...defaultPolicy, orderStatus });
  });

  it.each([
    ['an unknown rule', 'tolerance=1', 'There is no rule "tolerance"'],
    ['a name of Object', 'constructor=1', 'There is no rule'],
    ['no value', 'late-payment', 'There is no rule "late-payment"'],
    ['another word', 'late-payment=refund', 'Give hold or accept'],
    ['everything forgiven', 'underpaid-fiat=100', 'Give a percentage'],
    ['a negative share', 'underpaid-fiat=-1', 'Give a percentage'],
    ['no time', 'invoice-expiry=0m', 'Give a time'],
    ['a time without a unit', 'invoice-expiry=30', 'Give a time'],
    ['a paid order that is not', 'paid-status=on-hold', 'one of automatic, processing, completed'],
    ['an unpaid order that is paid', 'unpaid-status=processing', 'one of cancelled, failed, unchanged'],
    ['a held order that is paid', 'held-status=completed', 'one of on-hold, unchanged'],
    ['a time for ever', 'watch=999999d', 'Give a time'],
  ])('refuses %s and changes nothing, not even the rule before it', async (_what, rule, said) => {
    const store = await addStore();
    const { code, out, err } = await set(store, 'dust=3', rule);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(said);
    expect(await stored(store)).toEqual(defaultPolicy);
  });

  it('knows no other store', async () => {
    await addStore();
    expect(await set('nobody', 'dust=3')).toMatchObject({ code: 1, out: '' });
  });

  it('writes a time as it can be read again', () => {
    const unit = fc.constantFrom('m', 'h', 'd');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), unit, (count, letter) => {
        const ms = parseDuration(`${count}${letter}`);
        expect(parseDuration(durationText(ms ?? 0))).toBe(ms);
      }),
    );
  });
});
